import { formatDateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import { useForm } from '../draft/DraftContext'
import styles from '../fields.module.css'
import { ReviewRemarks } from '../versions/ReviewRemarks'
import { carryWords } from '../strings'
import { answerOf, commentOf, confirmationOf, replyOf } from '../draft/values'

/** Show what to check again: review comments and copied answers. */
export function AnswerNote({ code }: { code: string }) {
  const { reviewComments, answers } = useForm()
  const isTouched = useIsTouched(code)
  const remarks = reviewComments.filter((each) => each.code === code)
  const answeredAt = answers[code]?.answered_at ?? ''
  return (
    <>
      <ReviewRemarks remarks={remarks} isOpen={({ at }) => answeredAt < at && !isTouched} />
      <CarriedOver code={code} isTouched={isTouched} />
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
function CarriedOver({ code, isTouched }: { code: string; isTouched: boolean }) {
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
