import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { SyncLog } from '@/api/types'
import { Loaded } from '@/entities/Loaded'
import { formatCount, formatDateTime, formatDuration, formatRelative } from '@/lib/format'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ScrollBox } from '@/ui/ScrollBox'
import { scheduleOf } from './freshness'
import styles from './HistoryTable.module.css'
import { syncHistoryQuery, syncStatusQuery } from '@/api/queries'
import { remarksOf } from './remarks'
import { RunOutcome, startedBy } from './RunOutcome'
import { strings } from './strings'

const { columns } = strings
const NUMBERS = {
  total_fetched: columns.fetched,
  new_records: columns.new,
  updated_records: columns.updated,
  removed_records: columns.removed,
  failed_records: columns.failed,
} as const
const COUNTED = Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]

/** List the runs, newest first, with results and durations. */
export function HistoryTable() {
  const [page, setPage] = useState(1)
  const history = useQuery(syncHistoryQuery(page))
  const { data: status } = useQuery(syncStatusQuery)
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
            {COUNTED.map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {NUMBERS[name]}
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

/** Show a run and, below, its messages. */
function RunRows({ run, longest }: { run: SyncLog; longest: number }) {
  const said = [...(run.error_message ? [run.error_message] : []), ...remarksOf(run)]
  return (
    <>
      <tr>
        <th scope="row">
          <Link to="/syncs/$id" params={{ id: run.id }} aria-label={strings.openRun(formatDateTime(run.started_at))}>
            {formatDateTime(run.started_at)}
          </Link>
          <span className={styles.by}>{formatRelative(run.started_at)}</span>
        </th>
        <td>
          <RunOutcome run={run} />
        </td>
        <td>
          {strings.types[run.sync_type]}
          <span className={styles.by}>{startedBy(run)}</span>
        </td>
        <td>
          <Duration seconds={run.duration_seconds} longest={longest} />
        </td>
        {COUNTED.map((name) => (
          <td key={name} className={styles.number}>
            {formatCount(run[name])}
          </td>
        ))}
      </tr>
      {said.map((sentence) => (
        <tr key={sentence}>
          <td colSpan={9} className={styles.message}>
            <p className={styles.sentence}>{sentence}</p>
          </td>
        </tr>
      ))}
    </>
  )
}

function Duration({ seconds, longest }: { seconds: number | null; longest: number }) {
  if (seconds === null) return '—'
  return (
    <span className={styles.duration}>
      <svg className={styles.drawn} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
        <rect width={longest ? Math.max(1, (100 * seconds) / longest) : 1} height="8" />
      </svg>
      {formatDuration(seconds)}
    </span>
  )
}
