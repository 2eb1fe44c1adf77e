import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { sentenceOf } from '@/api/problem'
import type { Me } from '@/api/types'
import { dashboardQuery, opportunityKeys } from '@/api/queries'
import { formatDateTime, formatRelative } from '@/lib/format'
import { common } from '@/strings/common'
import { LoadTogether } from '@/ui/LoadTogether'
import { ErrorState } from '@/ui/ErrorState'
import { PageTitle } from '@/ui/PageTitle'
import { Skeleton } from '@/ui/Skeleton'
import { AgeInState } from './widgets/AgeInState'
import { Coverage } from './widgets/Coverage'
import styles from './Dashboard.module.css'
import { DecisionsOverTime } from './widgets/DecisionsOverTime'
import { type DashboardFilter, queryOf } from './filter'
import { FilterBar } from './FilterBar'
import { FirstAssessment } from './widgets/FirstAssessment'
import { Forecast } from './widgets/Forecast'
import { Funnel } from './widgets/Funnel'
import { Glance } from './widgets/Glance'
import { LoadPerSa } from './widgets/LoadPerSa'
import { LostPoints } from './widgets/LostPoints'
import { MyWork } from './widgets/MyWork'
import { NeedsAttention } from './widgets/NeedsAttention'
import { NoBidReasons } from './widgets/NoBidReasons'
import { type WidgetName, widgetsFor } from './order'
import { Pipeline } from './widgets/Pipeline'
import { PracticeAndGeo } from './widgets/PracticeAndGeo'
import { words } from './strings'
import { RecentDecisions } from './widgets/RecentDecisions'
import { ScoreHistogram } from './widgets/ScoreHistogram'
import { Stuck } from './widgets/Stuck'
import type { DashboardFigures, WidgetProps } from './types'
import { WinRate } from './widgets/WinRate'

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
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(dashboardQuery(queryOf(filter)))
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
        <LoadTogether queryKey={opportunityKeys.all} label={common.loading}>
          <div className={styles.widgets} aria-busy={isPlaceholderData}>
            {widgetsFor(me.roles).map((name) => {
              const Shown = SHOWN[name]
              return <Shown key={name} figures={data} filter={filter} />
            })}
          </div>
        </LoadTogether>
      )}
    </>
  )
}

function stampOf({ synced_at: at }: DashboardFigures): string {
  return at === null ? words.neverSynced : words.asOf(formatRelative(at), formatDateTime(at))
}
