import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { sentenceOf } from '@/api/problem'
import type { Me } from '@/api/types'
import { opportunityKeys } from '@/entities/opportunity/queries'
import { formatDateTime, formatRelative } from '@/lib/format'
import { common } from '@/strings/common'
import { AtOnce } from '@/ui/AtOnce'
import { ErrorState } from '@/ui/ErrorState'
import { PageTitle } from '@/ui/PageTitle'
import { Skeleton } from '@/ui/Skeleton'
import { AgeInState } from './AgeInState'
import { Coverage } from './Coverage'
import styles from './Dashboard.module.css'
import { DecisionsOverTime } from './DecisionsOverTime'
import type { DashboardFilter } from './filter'
import { FilterBar } from './FilterBar'
import { FirstAssessment } from './FirstAssessment'
import { Forecast } from './Forecast'
import { Funnel } from './Funnel'
import { Glance } from './Glance'
import { LoadPerSa } from './LoadPerSa'
import { LostPoints } from './LostPoints'
import { MyWork } from './MyWork'
import { NeedsAttention } from './NeedsAttention'
import { NoBidReasons } from './NoBidReasons'
import { type WidgetName, widgetsFor } from './order'
import { Pipeline } from './Pipeline'
import { PracticeAndGeo } from './PracticeAndGeo'
import { dashboardQuery } from './queries'
import { words } from './strings'
import { RecentDecisions } from './RecentDecisions'
import { ScoreHistogram } from './ScoreHistogram'
import { Stuck } from './Stuck'
import type { DashboardFigures, WidgetProps } from './types'
import { WinRate } from './WinRate'

const SHOWN: Record<WidgetName, ComponentType<WidgetProps>> = {
  my_work: MyWork,
  attention: NeedsAttention,
  stuck: Stuck,
  glance: Glance,
  pipeline: Pipeline,
  first: FirstAssessment,
  age: AgeInState,
  load: LoadPerSa,
  decisions: DecisionsOverTime,
  matrix: PracticeAndGeo,
  win_rate: WinRate,
  criteria: LostPoints,
  reasons: NoBidReasons,
  coverage: Coverage,
  funnel: Funnel,
  scores: ScoreHistogram,
  recent: RecentDecisions,
  forecast: Forecast,
}

interface DashboardProps {
  me: Me
  filter: DashboardFilter
  onFilter: (filter: DashboardFilter) => void
}

export function Dashboard({ me, filter, onFilter }: DashboardProps) {
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(dashboardQuery(filter))
  return (
    <>
      <PageTitle title={words.title}>
        {data && <span className={styles.stamp}>{stampOf(data)}</span>}
      </PageTitle>
      <FilterBar filter={filter} period={data?.period} onChange={onFilter} />
      {isPending && <Skeleton label={common.loading} lines={12} />}
      {error && (
        <ErrorState
          title={common.partFailed}
          detail={sentenceOf(error)}
          retry={{ label: common.tryAgain, onPress: () => void refetch() }}
        />
      )}
      {data && !error && (
        <AtOnce queryKey={opportunityKeys.all} label={common.loading}>
          <div className={styles.widgets} aria-busy={isPlaceholderData}>
            {widgetsFor(me.roles).map((name) => {
              const Shown = SHOWN[name]
              return <Shown key={name} figures={data} filter={filter} />
            })}
          </div>
        </AtOnce>
      )}
    </>
  )
}

function stampOf({ synced_at: at }: DashboardFigures): string {
  return at === null ? words.neverSynced : words.asOf(formatRelative(at), formatDateTime(at))
}
