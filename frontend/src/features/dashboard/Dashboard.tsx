import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dashboardQuery, opportunityKeys } from '@/api/queries'
import type { Me } from '@/api/types'
import { Loaded } from '@/entities/Loaded'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { LoadTogether } from '@/ui/LoadTogether'
import { PageTitle } from '@/ui/PageTitle'
import { When } from '@/ui/When'
import styles from './Dashboard.module.css'
import { type DashboardFilter, queryOf } from './filter'
import { FilterBar } from './FilterBar'
import { flowFinding, loadFinding, qualityFinding } from './findings'
import { Question } from './parts/Question'
import { ReportingNote } from './parts/ReportingNote'
import { words } from './strings'
import type { DashboardFigures, WidgetProps } from './types'
import { AgeInState } from './widgets/AgeInState'
import { Coverage } from './widgets/Coverage'
import { DecisionsOverTime } from './widgets/DecisionsOverTime'
import { FirstAssessment } from './widgets/FirstAssessment'
import { Forecast } from './widgets/Forecast'
import { Funnel } from './widgets/Funnel'
import { Glance } from './widgets/Glance'
import { LoadPerSa } from './widgets/LoadPerSa'
import { LostPoints } from './widgets/LostPoints'
import { MyWork } from './widgets/MyWork'
import { NeedsAttention } from './widgets/NeedsAttention'
import { NoBidReasons } from './widgets/NoBidReasons'
import { Pipeline } from './widgets/Pipeline'
import { PracticeAndGeo } from './widgets/PracticeAndGeo'
import { RecentDecisions } from './widgets/RecentDecisions'
import { ScoreHistogram } from './widgets/ScoreHistogram'
import { Stuck } from './widgets/Stuck'
import { WinRate } from './widgets/WinRate'

interface DashboardProps {
  me: Me
  filter: DashboardFilter
  onFilter: (filter: DashboardFilter) => void
}

export function Dashboard({ me, filter, onFilter }: DashboardProps) {
  const query = useQuery(dashboardQuery(queryOf(filter)))
  const { data } = query
  return (
    <>
      <PageTitle title={words.title}>{data && <Stamp figures={data} />}</PageTitle>
      <FilterBar filter={filter} period={data?.period} reporting={data?.reporting.currency} onChange={onFilter} />
      <Loaded query={query} lines={12}>
        {(figures) => (
          <LoadTogether queryKey={opportunityKeys.all} label={common.loading}>
            <div className={styles.questions} aria-busy={query.isPlaceholderData}>
              {isEmpty(figures) ? (
                <NothingThere filter={filter} onFilter={onFilter} />
              ) : (
                <Questions figures={figures} filter={filter} me={me} />
              )}
            </div>
          </LoadTogether>
        )}
      </Loaded>
    </>
  )
}

function Stamp({ figures: { synced_at: at } }: { figures: DashboardFigures }) {
  return <span className={styles.stamp}>{at === null ? words.neverSynced : <>{words.asOf} <When at={at} /></>}</span>
}

function isEmpty({ summary }: DashboardFigures): boolean {
  return summary.figures.every(({ count }) => count === 0)
}

function NothingThere({ filter, onFilter }: Omit<DashboardProps, 'me'>) {
  if (Object.values(filter).some(Boolean)) {
    const clear = <Button onPress={() => onFilter({})}>{words.clear}</Button>
    return <EmptyState title={words.noneMatch} buttons={clear} />
  }
  return (
    <EmptyState title={words.noneYet}>
      {words.noneYetDetail} <Link to="/syncs">{common.syncs}</Link>
    </EmptyState>
  )
}

function Questions({ me, ...shown }: WidgetProps & { me: Me }) {
  const { figures } = shown
  const isWorking = me.roles.includes('SA') || me.roles.includes('SA lead')
  return (
    <>
      <Glance {...shown} />
      <ReportingNote figures={figures} />
      <Question {...words.flow} finding={flowFinding(figures)} picture={<Pipeline {...shown} />}>
        <DecisionsOverTime {...shown} />
        <Funnel {...shown} />
        <Forecast {...shown} />
        <PracticeAndGeo {...shown} />
        <RecentDecisions {...shown} />
      </Question>
      <Question {...words.loads} finding={loadFinding(figures)} picture={<LoadPerSa {...shown} />}>
        {isWorking && <MyWork {...shown} />}
        <NeedsAttention {...shown} />
        <Stuck {...shown} />
        <AgeInState {...shown} />
        <FirstAssessment {...shown} />
      </Question>
      <Question {...words.quality} finding={qualityFinding(figures)} picture={<WinRate {...shown} />}>
        <Coverage {...shown} />
        <ScoreHistogram {...shown} />
        <LostPoints {...shown} />
        <NoBidReasons {...shown} />
      </Question>
    </>
  )
}
