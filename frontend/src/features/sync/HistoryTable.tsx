import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SyncLog } from '@/api/types'
import { Loaded } from '@/entities/Loaded'
import { formatCount } from '@/lib/format'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ScrollBox } from '@/ui/ScrollBox'
import { scheduleOf } from './freshness'
import styles from './HistoryTable.module.css'
import { syncHistoryQuery } from '@/api/queries'
import { useSyncStatus } from './use-sync'
import { RunRows } from './RunRows'
import { strings } from './strings'

const { columns } = strings
const NUMBERS = ['fetched', 'new', 'updated', 'removed', 'failed'] as const

/** List the runs, newest first, with results and durations. */
export function HistoryTable() {
  const [page, setPage] = useState(1)
  const history = useQuery(syncHistoryQuery(page))
  const { data: status } = useSyncStatus()
  return (
    <Loaded query={history} lines={10}>
      {({ runs, pages }) => {
        if (runs.length === 0) return <EmptyState title={strings.noRuns}>{strings.noRunsDetail}</EmptyState>
        return (
          <div aria-busy={history.isPlaceholderData}>
            {status && <p className={styles.schedule}>{scheduleOf(status)}</p>}
            <Runs runs={runs} />
            {pages > 1 && <Pages page={page} pages={pages} open={setPage} />}
          </div>
        )
      }}
    </Loaded>
  )
}

function Runs({ runs }: { runs: SyncLog[] }) {
  const longest = Math.max(...runs.map((run) => run.duration_seconds ?? 0))
  return (
    <ScrollBox label={strings.historyTitle}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{columns.started}</th>
            <th scope="col">{columns.status}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.duration}</th>
            {NUMBERS.map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRows key={run.id} run={run} longest={longest} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

interface PagesProps {
  page: number
  pages: number
  open: (page: number) => void
}

function Pages({ page, pages, open }: PagesProps) {
  return (
    <div className={styles.pages}>
      <Button isDisabled={page <= 1} onPress={() => open(page - 1)}>
        {strings.newer}
      </Button>
      <span>{strings.page(formatCount(page), formatCount(pages))}</span>
      <Button isDisabled={page >= pages} onPress={() => open(page + 1)}>
        {strings.older}
      </Button>
    </div>
  )
}
