import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { decisionsQuery, latestVersionQuery, opportunityKeys, opportunityQuery } from '@/api/queries'
import { lazyDialog } from '@/entities/release/lazy-parts'
import { VersionDialog } from '@/features/assessment/versions/VersionDialog'
import { VersionList } from '@/features/assessment/versions/VersionList'
import { Attachments } from '@/features/attachments/Attachments'
import { Discussion } from '@/features/discussion/Discussion'
import { ActionBar } from '@/features/opportunity/actions/ActionBar'
import { markSeen } from '@/features/opportunity/actions/actions'
import { WatchButton } from '@/features/opportunity/actions/WatchButton'
import { CrmFacts } from '@/features/opportunity/facts/CrmFacts'
import { DecisionPanel } from '@/features/opportunity/decisions/DecisionPanel'
import { DECIDING } from '@/features/opportunity/actions/decision-actions'
import { Decisions } from '@/features/opportunity/decisions/Decisions'
import { Neighbours } from '@/features/opportunity/facts/Neighbours'
import { OpportunityNotices } from '@/features/opportunity/facts/OpportunityNotices'
import { OwnFields } from '@/features/opportunity/facts/OwnFields'
import { pageWords } from '@/features/opportunity/strings'
import { useMe } from '@/features/session/session'
import { Similar } from '@/features/opportunity/facts/Similar'
import { Summary } from '@/features/opportunity/facts/Summary'
import { Timeline } from '@/features/opportunity/timeline/Timeline'
import type { OpportunityDetail } from '@/api/types'
import { useCommands } from '@/lib/commands'
import { LoadTogether } from '@/ui/LoadTogether'
import styles from './OpportunityPage.module.css'

// Few compare, and what finds the words is theirs alone.
const CompareDialog = lazyDialog(() => import('@/features/assessment/versions/CompareDialog'))

export default function OpportunityPage() {
  const { id = '' } = useParams({ strict: false })
  // The search of the list this was opened from.
  const { from = '' } = useSearch({ strict: false }) as { from?: string }
  const isOfSales = useMe().roles.includes('Sales owner')
  const { data: opportunity } = useSuspenseQuery(opportunityQuery(id))
  const isAssessed = opportunity.submitted_at !== null || opportunity.decision !== 'NONE'
  useEffect(() => void markSeen(id).catch(() => {}), [id])
  return (
    <LoadTogether key={id} queryKey={opportunityKeys.all}>
      <div className={styles.page}>
        <title>{`${pageWords.window(opportunity.opty_number ?? pageWords.noNumber)} - BQS`}</title>
        <Neighbours id={id} from={from} />
        <header className={styles.head}>
          <Summary opportunity={opportunity} isHeading />
          <div className={styles.actions}>
            <AssessLink opportunity={opportunity} />
            <ReviewLink opportunity={opportunity} />
            <ActionBar opportunity={opportunity} />
            <WatchButton opportunity={opportunity} />
          </div>
        </header>
        <OpportunityNotices opportunity={opportunity} />
        <div className={styles.columns}>
          <div className={styles.main}>
            {isAssessed ? (
              <>
                <Deciding opportunity={opportunity} />
                <Versions id={id} />
                <Decisions opportunity={opportunity} />
              </>
            ) : (
              <CrmFacts opportunity={opportunity} isWide />
            )}
            <Discussion opportunity={opportunity} isOfSales={isOfSales} />
            <Similar id={id} />
            <Timeline opportunity={opportunity} />
          </div>
          <aside className={styles.aside}>
            {isAssessed && <CrmFacts opportunity={opportunity} />}
            <OwnFields opportunity={opportunity} />
            <Attachments opportunity={opportunity} />
          </aside>
        </div>
      </div>
    </LoadTogether>
  )
}

function AssessLink({ opportunity }: { opportunity: OpportunityDetail }) {
  const { id, allowed_actions: offers, may_write_notes: mayWrite } = opportunity
  const offer = offers.find(({ action }) => action === 'START' || action === 'SUBMIT')
  const label = offer?.action === 'START' ? pageWords.assess : pageWords.continue
  return <MainLink id={id} to="/opportunities/$id/assessment" label={label} isOffered={offer !== undefined && mayWrite} />
}

function ReviewLink({ opportunity: { id, allowed_actions: offers } }: { opportunity: OpportunityDetail }) {
  const isOffered = offers.some(({ action, is_allowed }) => action === 'RETURN' && is_allowed)
  return <MainLink id={id} to="/opportunities/$id/review" label={pageWords.review} isOffered={isOffered} />
}

interface MainLinkProps {
  id: string
  to: '/opportunities/$id/assessment' | '/opportunities/$id/review'
  label: string
  isOffered: boolean
}

/** Link to where the work goes on, also from the palette. */
function MainLink({ id, to, label, isOffered }: MainLinkProps) {
  const navigate = useNavigate()
  const way = { to, params: { id } }
  useCommands(isOffered ? [{ id: to, label, run: () => void navigate(way) }] : [])
  if (!isOffered) return null
  return (
    <Link {...way} className={styles.primary}>
      {label}
    </Link>
  )
}

/** Show the decision panel while a decider has something to do. */
function Deciding({ opportunity }: { opportunity: OpportunityDetail }) {
  const { id } = opportunity
  const isAsked = opportunity.allowed_actions.some(({ action }) => DECIDING.includes(action))
  const version = useQuery({ ...latestVersionQuery(id), enabled: isAsked }).data
  if (!isAsked || !version) return null
  return (
    <DecisionPanel version={version}>
      <ActionBar opportunity={opportunity} isDeciding computed={version.recommendation} />
    </DecisionPanel>
  )
}

/** Return the latest decision on each version. */
function useOutcomes(id: string) {
  const decisions = useQuery(decisionsQuery(id)).data?.results ?? []
  return Object.fromEntries(
    decisions.toReversed().flatMap(({ version_no: no, outcome }) => (no === null ? [] : [[no, outcome]])),
  )
}

function Versions({ id }: { id: string }) {
  const outcomes = useOutcomes(id)
  const [open, setOpen] = useState<number | null>(null)
  const [compared, compare] = useState<[number, number] | null>(null)
  return (
    <>
      <VersionList
        opportunityId={id}
        outcomes={outcomes}
        onOpen={setOpen}
        onCompare={(older, newer) => compare([older, newer])}
      />
      {open !== null && (
        <VersionDialog opportunityId={id} versionNo={open} onClose={() => setOpen(null)} />
      )}
      {compared && (
        <CompareDialog
          opportunityId={id}
          older={compared[0]}
          newer={compared[1]}
          onClose={() => compare(null)}
        />
      )}
    </>
  )
}
