import type { OpportunityDetail } from '@/api/types'
import { fieldWord } from '@/entities/opportunity/strings'
import { formatDate, formatDateTime } from '@/lib/format'
import { Notice, Notices } from '@/ui/Notice'
import { noticeWords, timelineWords } from './strings'

/** What somebody should know before working on it. */
export function OpportunityNotices({ opportunity }: { opportunity: OpportunityDetail }) {
  const { removed_in_crm_at: removedAt, removal_reason: why, hold_review_on: reviewOn } = opportunity
  return (
    <Notices>
      {removedAt && (
        <Notice tone="bad">
          {noticeWords[why === 'HIDDEN' ? 'hidden' : 'removed'](formatDateTime(removedAt))}
        </Notice>
      )}
      {opportunity.is_reopened && <Notice>{noticeWords.reopened}</Notice>}
      {opportunity.workflow_status === 'ON_HOLD' && reviewOn && (
        <Notice>{noticeWords.held(formatDate(reviewOn))}</Notice>
      )}
      {opportunity.first_approved_by && opportunity.workflow_status === 'IN_REVIEW' && (
        <Notice>{noticeWords.firstApproved(opportunity.first_approved_by.name)}</Notice>
      )}
      {opportunity.needs_requalification && (
        <Notice>
          <p>{noticeWords.requalify}</p>
          <ul>
            {opportunity.requalification_changes.map(({ field, old, new: now, at }) => (
              <li key={field + at}>
                {fieldWord(field)}: {timelineWords.changed(word(old), word(now))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </Notices>
  )
}

function word(value: unknown): string {
  return value === null || value === undefined || value === '' ? '—' : String(value)
}
