import { formatDateTime } from '@/lib/format'
import { useForm } from './DraftContext'
import styles from './fields.module.css'
import { formWords } from './strings'
import { answerOf, commentOf } from './values'

/** What the review said of this criterion, and whether anything was done about it. */
export function AnswerNote({ code }: { code: string }) {
  const { reviewComments, answers, draft } = useForm()
  const said = reviewComments.filter((each) => each.code === code)
  const answeredAt = answers[code]?.answered_at ?? ''
  const isTouched = [answerOf(code), commentOf(code)].some((name) => name in draft.edits)
  return said.map(({ author, at, text }) => (
    <div key={at + text} className={styles.review}>
      <p className={styles.meta}>{formWords.reviewSaid(author.name, formatDateTime(at))}</p>
      <p>{text}</p>
      {answeredAt < at && !isTouched && (
        <p className={styles.error}>{formWords.notAnsweredYet}</p>
      )}
    </div>
  ))
}
