import { formatDateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import { useForm } from './DraftContext'
import styles from './fields.module.css'
import { Remarks } from './Remarks'
import { carryWords } from './strings'
import { answerOf, commentOf, confirmationOf, replyOf } from './values'

/** What has to be looked at again: what the review said, and what came from another assessment. */
export function AnswerNote({ code }: { code: string }) {
  const { reviewComments, given } = useForm()
  const isTouched = useIsTouched(code)
  const said = reviewComments.filter((each) => each.code === code)
  const answeredAt = given[code]?.answered_at ?? ''
  return (
    <>
      <Remarks remarks={said} isOpen={({ at }) => answeredAt < at && !isTouched} />
      <CarriedOver code={code} isTouched={isTouched} />
    </>
  )
}

/** Written here, though the server may not know it yet. */
function useIsTouched(code: string): boolean {
  const { draft } = useForm()
  const written = { ...draft.sending, ...draft.edits }
  return [answerOf, replyOf, commentOf].some((nameOf) => nameOf(code) in written)
}

/** From an earlier qualification, as the server says, or from another one of the customer, in this page. */
function CarriedOver({ code, isTouched }: { code: string; isTouched: boolean }) {
  const { given, values, carried, confirm, autosave, isReadOnly } = useForm()
  const kept = given[code]
  const isKept = kept?.is_carried_over && !isTouched && !values[confirmationOf(code)]
  if (isReadOnly || (!isKept && !carried.includes(code))) return null

  function hold() {
    if (isKept) autosave.type(confirmationOf(code), 'yes')
    confirm(code)
  }

  return (
    <div className={styles.conflict}>
      <p>
        {isKept
          ? carryWords.confirmOf(kept.author.name, formatDateTime(kept.answered_at))
          : carryWords.confirm}
      </p>
      <div>
        <Button onPress={hold}>{carryWords.confirmed}</Button>
      </div>
    </div>
  )
}
