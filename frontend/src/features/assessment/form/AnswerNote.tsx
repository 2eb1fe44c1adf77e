import { formatDateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import { useForm } from '../draft/DraftContext'
import styles from '../fields.module.css'
import { Thread } from '../review/Thread'
import { carryWords } from '../strings'
import { answerOf, commentOf, confirmationOf, replyOf } from '../draft/values'

/** Show what to check again: review comments and copied answers. */
export function AnswerNote({ code }: { code: string }) {
  const { opportunityId, threads, onAnswered } = useForm()
  return (
    <>
      {threads
        .filter((thread) => thread.code === code && thread.state !== 'SETTLED')
        .map((thread) => (
          <Thread key={thread.id} opportunityId={opportunityId} thread={thread} onAnswered={onAnswered} />
        ))}
      <CarriedOver code={code} />
    </>
  )
}

/** Tell whether it was edited here, saved or not. */
function useIsTouched(code: string): boolean {
  const { draft } = useForm()
  const written = { ...draft.sending, ...draft.edits }
  return [answerOf, replyOf, commentOf].some((nameOf) => nameOf(code) in written)
}

/** Ask to confirm an answer copied from an earlier assessment or from another of the customer. */
function CarriedOver({ code }: { code: string }) {
  const isTouched = useIsTouched(code)
  const { answers, values, carried, confirm, autosave, isReadOnly } = useForm()
  const answer = answers[code]
  const isKept = answer?.is_carried_over && !isTouched && !values[confirmationOf(code)]
  if (isReadOnly || (!isKept && !carried.includes(code))) return null

  function hold() {
    if (isKept) autosave.type(confirmationOf(code), 'yes')
    confirm(code)
  }

  return (
    <div className={styles.conflict}>
      <p>
        {isKept
          ? carryWords.confirmOf(answer.author.name, formatDateTime(answer.answered_at))
          : carryWords.confirm}
      </p>
      <div>
        <Button onPress={hold}>{carryWords.confirmed}</Button>
      </div>
    </div>
  )
}
