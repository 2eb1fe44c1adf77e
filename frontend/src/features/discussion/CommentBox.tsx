import { useRef } from 'react'
import { api, unwrap } from '@/api/client'
import { useIdempotencyKey } from '@/api/idempotency'
import { useApiMutation } from '@/api/mutation'
import { fieldErrors } from '@/api/problem'
import { ErrorNote } from '@/entities/ErrorNote'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { usePersistedInput } from '@/lib/persisted-input'
import { Button } from '@/ui/Button'
import styles from './Discussion.module.css'
import { MentionField } from './MentionField'
import { strings } from './strings'

interface CommentBoxProps {
  id: string
  /** Whoever sells it is asked for what they know. */
  isOfSales?: boolean
  /** The first comment of the thread, for a reply. */
  replyTo?: { id: string; name: string }
  onClose?: () => void
}

export function CommentBox({ id, isOfSales = false, replyTo, onClose }: CommentBoxProps) {
  const place = replyTo ? `${id}:${replyTo.id}` : id
  const text = usePersistedInput(`comment:${place}`, '')
  const people = usePersistedInput<Record<string, string>>(`mentions:${place}`, {})
  const comment = useComment(id)
  const box = useRef<HTMLDivElement>(null)
  const label = isOfSales ? strings.salesInput : strings.comment

  function send() {
    const mentions = Object.keys(people.value).filter((each) => text.value.includes(`@${people.value[each]}`))
    const order = { text: text.value, mentions, ...(replyTo && { reply_to: replyTo.id }) }
    comment.mutateAsync(order).then(done, () => {})
  }

  function done() {
    text.sent(text.value)
    people.discard()
    onClose?.()
    // The button goes with the text.
    box.current?.querySelector('textarea')?.focus()
  }

  return (
    <div ref={box} className={styles.box}>
      <RestoredNotice text={text} />
      <MentionField
        opportunityId={id}
        label={replyTo ? strings.replyTo(replyTo.name) : label}
        description={isOfSales && !replyTo ? strings.salesHint : strings.hint}
        rows={isOfSales && !replyTo ? 4 : 2}
        value={text.value}
        error={fieldErrors(comment.error).text}
        onChange={text.write}
        onMention={(person) => people.write((known) => ({ ...known, [person.id]: person.name }))}
        autoFocus={replyTo !== undefined}
      />
      <ErrorNote error={comment.error} />
      <div className={styles.buttons}>
        {text.value.trim() !== '' && (
          <Button isPending={comment.isPending} onPress={send}>
            {replyTo ? strings.sendReply : strings.send}
          </Button>
        )}
        {onClose && (
          <Button kind="quiet" onPress={onClose}>
            {strings.cancel}
          </Button>
        )}
      </div>
    </div>
  )
}

interface CommentOrder {
  text: string
  mentions: string[]
  reply_to?: string
}

/** Send a comment; sent again after no answer came, it is stored once. */
function useComment(id: string) {
  const { keyOf, forget } = useIdempotencyKey()
  return useApiMutation(
    (body: CommentOrder) =>
      unwrap(
        api.POST('/api/opportunities/{id}/comments', {
          params: { path: { id }, header: { 'Idempotency-Key': keyOf(JSON.stringify(body)) } },
          body,
        }),
      ),
    { opportunityId: id, isErrorInPlace: true, onSuccess: forget },
  )
}
