import type { OpportunityDetail } from '@/api/types'
import { WordHelp } from '@/entities/help/WordHelp'
import { ChangeLines } from '@/entities/opportunity/ChangeLines'
import { formatDate, formatDateTime } from '@/lib/format'
import { Notice, Notices } from '@/ui/Notice'
import { noticeWords } from '../strings'

/** Show what to know before working on it. */
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
          <p>
            {noticeWords.requalify} <WordHelp word="re-qualify" />
          </p>
          <ChangeLines
            changes={opportunity.requalification_changes}
            currency={opportunity.currency}
          />
        </Notice>
      )}
    </Notices>
  )
}
