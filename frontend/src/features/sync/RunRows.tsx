import { Link } from '@tanstack/react-router'
import type { SyncLog } from '@/api/types'
import { formatCount, formatDateTime, formatDuration, formatRelative } from '@/lib/format'
import styles from './HistoryTable.module.css'
import { remarksOf } from './remarks'
import { RunOutcome, startedBy } from './RunOutcome'
import { strings } from './strings'

/** Show a run and, below, its messages. */
export function RunRows({ run, longest }: { run: SyncLog; longest: number }) {
  const counts = [
    run.total_fetched,
    run.new_records,
    run.updated_records,
    run.removed_records,
    run.failed_records,
  ]
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
        {counts.map((count, place) => (
          <td key={place} className={styles.number}>
            {formatCount(count)}
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
