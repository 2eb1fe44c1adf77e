import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { ErrorNote } from '@/entities/ErrorNote'
import { formatDateTime } from '@/lib/format'
import { usePersistedInput } from '@/lib/persisted-input'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import fields from '../fields.module.css'
import { reviewWords } from '../strings'
import type { ReviewThread } from '../types'
import styles from './Review.module.css'

interface ThreadProps {
  opportunityId: string
  thread: ReviewThread
  onAnswered?: () => void
}

/** Show a review comment with its replies, and what may be done about it. */
export function Thread({ opportunityId, thread, onAnswered }: ThreadProps) {
  const { code, version_no: version, author, at, text, state, settled_by: settler, replies } = thread
  return (
    <section className={fields.review} data-settled={state === 'SETTLED' || undefined} aria-label={reviewWords.comment(code)}>
      <p className={fields.meta}>
        {reviewWords.asked(version, author.name, formatDateTime(at))}
        {' · '}
        <strong>{reviewWords.states[state]}</strong>
      </p>
      <p>{text}</p>
      {replies.map((reply) => (
        <div key={reply.at} className={styles.reply}>
          <p className={fields.meta}>{reviewWords.replied(reply.author.name, formatDateTime(reply.at))}</p>
          <p>{reply.text}</p>
        </div>
      ))}
      {settler && thread.settled_at && (
        <p className={fields.meta}>{reviewWords.settledBy(settler.name, formatDateTime(thread.settled_at))}</p>
      )}
      {thread.may_reply && <Answer {...{ opportunityId, thread, onAnswered }} />}
    </section>
  )
}

/** Take a reply; a button that changes the state sends it along. */
function Answer({ opportunityId, thread, onAnswered }: ThreadProps) {
  const reply = usePersistedInput(`thread:${thread.id}`, '')
  const answer = useThreadAnswer(opportunityId, thread.id, () => {
    reply.discard()
    onAnswered?.()
  })
  const text = reply.value.trim() || undefined
  return (
    <div className={styles.answer}>
      <ErrorNote error={answer.error} />
      <TextField label={reviewWords.replyTo(thread.code)} isLabelHidden placeholder={reviewWords.reply} rows={1} value={reply.value} onChange={reply.write} />
      <div className={fields.buttons}>
        {text && (
          <Button isPending={answer.isPending} onPress={() => answer.mutate({ text })}>
            {reviewWords.reply}
          </Button>
        )}
        {thread.may_set.map((state) => (
          <Button key={state} isPending={answer.isPending} onPress={() => answer.mutate({ state, text })}>
            {reviewWords.set[state]}
          </Button>
        ))}
      </div>
    </div>
  )
}

interface ThreadAnswer {
  text?: string
  state?: ReviewThread['state']
}

/** Send a reply to a review comment, its new state, or both. */
function useThreadAnswer(opportunityId: string, threadId: string, onDone: () => void) {
  return useApiMutation(
    (body: ThreadAnswer) =>
      unwrap(
        api.POST('/api/opportunities/{id}/review-threads/{thread_id}', {
          params: { path: { id: opportunityId, thread_id: threadId } },
          body,
        }),
      ),
    { opportunityId, isErrorInPlace: true, onSuccess: onDone },
  )
}
