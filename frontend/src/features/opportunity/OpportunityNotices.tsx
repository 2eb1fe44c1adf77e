import type { OpportunityDetail } from '@/api/types'
import { fieldWord } from '@/entities/opportunity/strings'
import { formatDate, formatDateTime } from '@/lib/format'
import styles from './OpportunityNotices.module.css'
import { noticeWords, timelineWords } from './strings'

/** What somebody should know before working on it. */
export function OpportunityNotices({ opportunity }: { opportunity: OpportunityDetail }) {
  const { removed_in_crm_at: removedAt, removal_reason: why, hold_review_on: reviewOn } = opportunity
  return (
    <div className={styles.notices}>
      {removedAt && (
        <p className={styles.notice} data-tone="bad">
          {noticeWords[why === 'HIDDEN' ? 'hidden' : 'removed'](formatDateTime(removedAt))}
        </p>
      )}
      {opportunity.is_reopened && <p className={styles.notice}>{noticeWords.reopened}</p>}
      {opportunity.workflow_status === 'ON_HOLD' && reviewOn && (
        <p className={styles.notice}>{noticeWords.held(formatDate(reviewOn))}</p>
      )}
      {opportunity.first_approved_by && opportunity.workflow_status === 'IN_REVIEW' && (
        <p className={styles.notice}>
          {noticeWords.firstApproved(opportunity.first_approved_by.name)}
        </p>
      )}
      {opportunity.needs_requalification && (
        <div className={styles.notice}>
          <p>{noticeWords.requalify}</p>
          <ul>
            {opportunity.requalification_changes.map(({ field, old, new: now, at }) => (
              <li key={field + at}>
                {fieldWord(field)}: {timelineWords.changed(word(old), word(now))}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function word(value: unknown): string {
  return value === null || value === undefined || value === '' ? '—' : String(value)
}
