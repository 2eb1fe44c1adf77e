import { formatDateTime } from '@/lib/format'
import styles from './fields.module.css'
import { formWords } from './strings'
import type { ReviewComment } from './types'

/** What the review said of one criterion, where its answer stands. */
export function Remarks({ remarks }: { remarks: ReviewComment[] }) {
  return remarks.map(({ author, at, text }) => (
    <div key={at + text} className={styles.review}>
      <p className={styles.meta}>{formWords.reviewSaid(author.name, formatDateTime(at))}</p>
      <p>{text}</p>
    </div>
  ))
}
