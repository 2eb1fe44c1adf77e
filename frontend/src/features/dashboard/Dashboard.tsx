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
import { words } from './strings'
import type { DashboardFigures } from './types'
import { Flow } from './widgets/Flow'
import { Glance } from './widgets/Glance'
import { Loads } from './widgets/Loads'
import { Quality } from './widgets/Quality'

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
          <LoadTogether queryKey={opportunityKeys.all}>
            <div className={styles.questions} aria-busy={query.isPlaceholderData}>
              {isEmpty(figures) ? (
                <NothingThere filter={filter} onFilter={onFilter} />
              ) : (
                <>
                  <Glance figures={figures} />
                  <Flow figures={figures} filter={filter} />
                  <Loads figures={figures} filter={filter} me={me} />
                  <Quality figures={figures} filter={filter} />
                </>
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
