import { useQuery } from '@tanstack/react-query'
import { ProgressBar } from 'react-aria-components'
import type { SyncProgress } from '@/api/types'
import { formatCount, formatDecimal, formatDuration } from '@/lib/format'
import { syncProgressQuery } from '@/api/queries'
import styles from './RunProgress.module.css'
import { strings } from './strings'

/** Show the progress of the running sync; only a full one has a known end. */
export function RunProgress() {
  const { data } = useQuery(syncProgressQuery)
  const share = shareOf(data)
  return (
    <div className={styles.progress}>
      <ProgressBar
        aria-label={strings.running}
        className={styles.track}
        value={share ?? 0}
        isIndeterminate={share === null}
      >
        {({ percentage, isIndeterminate }) => (
          <progress
            aria-hidden
            className={styles.bar}
            max={100}
            value={isIndeterminate ? undefined : percentage}
          />
        )}
      </ProgressBar>
      <span className={styles.word}>{strings.running}</span>
      <span>{data?.run && data.is_running && rowsOf(data)}</span>
      <span className={styles.muted}>{data && speedOf(data)}</span>
    </div>
  )
}

function shareOf(progress: SyncProgress | undefined): number | null {
  if (!progress?.run || !progress.expected_rows) return null
  return Math.min(100, (100 * progress.run.total_fetched) / progress.expected_rows)
}

function rowsOf({ run, expected_rows }: SyncProgress): string {
  const done = formatCount(run?.total_fetched ?? 0)
  return strings.runningRows(done, expected_rows ? formatCount(expected_rows) : null)
}

function speedOf({ rows_per_second, seconds_left }: SyncProgress): string {
  const parts = []
  if (rows_per_second) parts.push(strings.rate(formatDecimal(rows_per_second, 0)))
  if (seconds_left !== null) parts.push(strings.left(formatDuration(seconds_left)))
  return parts.join(', ')
}
