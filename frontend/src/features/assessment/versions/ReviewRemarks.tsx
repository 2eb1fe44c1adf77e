import { formatDateTime } from '@/lib/format'
import styles from '../fields.module.css'
import { formWords } from '../strings'
import type { ReviewComment } from '../types'

/** Show the review comments on one criterion next to its answer. */
export function ReviewRemarks({ remarks }: { remarks: ReviewComment[] }) {
  return remarks.map((remark) => (
    <div key={remark.at + remark.text} className={styles.review}>
      <p className={styles.meta}>
        {formWords.reviewSaid(remark.author.name, formatDateTime(remark.at))}
      </p>
      <p>{remark.text}</p>
    </div>
  ))
}
