import { formatDateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import { useForm } from './DraftContext'
import styles from './fields.module.css'
import { carryWords, formWords } from './strings'
import { answerOf, commentOf } from './values'

/** What has to be looked at again: what the review said, and what came from another assessment. */
export function AnswerNote({ code }: { code: string }) {
  const { reviewComments, answers, draft, carried, confirm } = useForm()
  const said = reviewComments.filter((each) => each.code === code)
  const answeredAt = answers[code]?.answered_at ?? ''
  const isTouched = [answerOf(code), commentOf(code)].some((name) => name in draft.edits)
  return (
    <>
      {said.map(({ author, at, text }) => (
        <div key={at + text} className={styles.review}>
          <p className={styles.meta}>{formWords.reviewSaid(author.name, formatDateTime(at))}</p>
          <p>{text}</p>
          {answeredAt < at && !isTouched ? (
            <p className={styles.error}>{formWords.notAnsweredYet}</p>
          ) : (
            <p>{formWords.answeredSince}</p>
          )}
        </div>
      ))}
      {carried.includes(code) && (
        <div className={styles.conflict}>
          <p>{carryWords.confirm}</p>
          <div>
            <Button onPress={() => confirm(code)}>{carryWords.confirmed}</Button>
          </div>
        </div>
      )}
    </>
  )
}
