import { formatDateTime } from '@/lib/format'
import styles from '../fields.module.css'
import { formWords } from '../strings'
import type { ReviewComment } from '../types'

interface ReviewRemarksProps {
  remarks: ReviewComment[]
  /** While it is answered: whether nothing was done about it yet. */
  isOpen?: (remark: ReviewComment) => boolean
}

/** Show the review comments on one criterion next to its answer. */
export function ReviewRemarks({ remarks, isOpen }: ReviewRemarksProps) {
  return remarks.map((remark) => (
    <div key={remark.at + remark.text} className={styles.review}>
      <p className={styles.meta}>
        {formWords.reviewSaid(remark.author.name, formatDateTime(remark.at))}
      </p>
      <p>{remark.text}</p>
      {isOpen && <Answered isOpen={isOpen(remark)} />}
    </div>
  ))
}

function Answered({ isOpen }: { isOpen: boolean }) {
  if (isOpen) return <p className={styles.error}>{formWords.notAnsweredYet}</p>
  return <p>{formWords.answeredSince}</p>
}
