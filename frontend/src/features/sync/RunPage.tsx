import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { syncRunQuery } from '@/api/queries'
import type { SyncLog } from '@/api/types'
import { formatCount, formatDateTime, formatDuration } from '@/lib/format'
import { PageTitle } from '@/ui/PageTitle'
import { When } from '@/ui/When'
import { type ChangeFilter, RunChanges } from './RunChanges'
import { remarksOf } from './remarks'
import { RunOutcome, startedBy } from './RunOutcome'
import styles from './RunPage.module.css'
import { strings } from './strings'

interface RunPageProps {
  id: string
  filter: ChangeFilter
  onFilter: (filter: ChangeFilter) => void
}

/** Show one run: how it ended, what it counted, and what it brought and changed. */
export function RunPage({ id, filter, onFilter }: RunPageProps) {
  const { data: run } = useSuspenseQuery(syncRunQuery(id))
  return (
    <>
      <PageTitle title={strings.runTitle(formatDateTime(run.started_at))}>
        <Link to="/syncs">{strings.allRuns}</Link>
      </PageTitle>
      <Facts run={run} />
      {[run.error_message, ...remarksOf(run)].filter(Boolean).map((sentence) => (
        <p key={sentence} className={styles.muted}>
          {sentence}
        </p>
      ))}
      <RunChanges run={id} filter={filter} onFilter={onFilter} />
    </>
  )
}

function Facts({ run }: { run: SyncLog }) {
  const { columns } = strings
  const counts = [
    [columns.fetched, run.total_fetched],
    [columns.new, run.new_records],
    [columns.updated, run.updated_records],
    [columns.removed, run.removed_records],
    [columns.failed, run.failed_records],
  ] as const
  return (
    <dl className={styles.facts}>
      <Fact label={columns.status}>
        <RunOutcome run={run} />
      </Fact>
      <Fact label={columns.kind}>{strings.types[run.sync_type]}</Fact>
      <Fact label={columns.by}>{startedBy(run)}</Fact>
      <Fact label={columns.started}>
        <When at={run.started_at} />
      </Fact>
      {run.duration_seconds !== null && (
        <Fact label={columns.duration}>{formatDuration(run.duration_seconds)}</Fact>
      )}
      {counts.map(([label, count]) => (
        <Fact key={label} label={label}>
          {formatCount(count)}
        </Fact>
      ))}
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
