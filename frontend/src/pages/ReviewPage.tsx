import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import {
  comparisonQuery,
  opportunityKeys,
  opportunityQuery,
  reviewThreadsQuery,
  versionQuery,
  versionsQuery,
} from '@/api/queries'
import type { OpportunityDetail } from '@/api/types'
import { PartFailed } from '@/entities/PartFailed'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { NextInReview } from '@/features/assessment/review/NextInReview'
import { useReviewKeys } from '@/features/assessment/review/review-keys'
import { ReviewSheet } from '@/features/assessment/review/ReviewSheet'
import { ScoreBar } from '@/features/assessment/scoring/ScoreBar'
import { reviewWords } from '@/features/assessment/strings'
import { ActionBar } from '@/features/opportunity/actions/ActionBar'
import { DecisionPanel } from '@/features/opportunity/decisions/DecisionPanel'
import { OpportunityNotices } from '@/features/opportunity/facts/OpportunityNotices'
import { Summary } from '@/features/opportunity/facts/Summary'
import { pageWords } from '@/features/opportunity/strings'
import { useMe } from '@/features/session/session'
import { usePersistedInput } from '@/lib/persisted-input'
import { EmptyState } from '@/ui/EmptyState'
import { LoadTogether } from '@/ui/LoadTogether'
import page from './OpportunityPage.module.css'
import styles from './ReviewPage.module.css'

export default function ReviewPage() {
  const { id = '' } = useParams({ strict: false })
  const { data: opportunity } = useSuspenseQuery(opportunityQuery(id))
  const { data: versions } = useSuspenseQuery(versionsQuery(id))
  const [newest, before] = versions.results.filter((version) => version.submitted_at !== null)
  return (
    <LoadTogether key={id} queryKey={opportunityKeys.all}>
      <title>{`${pageWords.reviewWindow(opportunity.opty_number ?? pageWords.noNumber)} - BQS`}</title>
      <p className={page.back}>
        <Link to="/opportunities/$id" params={{ id }}>
          {pageWords.toOpportunity}
        </Link>
      </p>
      <OpportunityNotices opportunity={opportunity} />
      {newest ? (
        <Review
          key={newest.version_no}
          opportunity={opportunity}
          versionNo={newest.version_no}
          before={before?.version_no}
        />
      ) : (
        <EmptyState title={reviewWords.nothing} />
      )}
    </LoadTogether>
  )
}

interface ReviewProps {
  opportunity: OpportunityDetail
  versionNo: number
  /** The version submitted before, where there is one. */
  before: number | undefined
}

/** Show the answers beside the comments; the decider's buttons stay in sight above them. */
function Review({ opportunity, versionNo, before }: ReviewProps) {
  const { id, allowed_actions: offers } = opportunity
  const { rights } = useMe()
  const { data: version } = useSuspenseQuery(versionQuery(id, versionNo))
  const { data: threads } = useSuspenseQuery(reviewThreadsQuery(id))
  const comparison = useQuery({ ...comparisonQuery(id, before ?? 0, versionNo), enabled: before !== undefined })
  const comments = usePersistedInput<Record<string, string>>(`review:${id}:${versionNo}`, {})
  const isReturnable = offers.some(({ action, is_allowed }) => action === 'RETURN' && is_allowed)
  const isDone = opportunity.workflow_status !== 'IN_REVIEW'
  useReviewKeys()
  return (
    <>
      <div className={styles.bar}>
        <Summary opportunity={opportunity} />
        <ScoreBar scoring={version.scoring} content={version.content} />
        <div className={styles.deciding}>
          <ActionBar
            opportunity={opportunity}
            isDeciding
            computed={version.recommendation}
            reviewComments={comments.value}
            onDone={comments.discard}
          />
          <NextInReview id={id} isDone={isDone} isDecider={rights.decide} className={page.primary} />
        </div>
      </div>
      <div className={styles.review}>
        <div className={styles.decision}>
          <DecisionPanel version={version} />
        </div>
        {isReturnable && <RestoredNotice text={comments} />}
        {comparison.error && <PartFailed error={comparison.error} retry={comparison.refetch} />}
        <ReviewSheet
          opportunityId={id}
          version={version}
          comparison={comparison.data}
          threads={threads}
          comments={isReturnable ? comments.value : null}
          onComment={(code, text) => comments.write((now) => ({ ...now, [code]: text }))}
        />
      </div>
    </>
  )
}
