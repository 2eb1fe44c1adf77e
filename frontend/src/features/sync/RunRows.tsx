import { CircleCheck, CircleDashed, OctagonX, TriangleAlert } from 'lucide-react'
import type { SyncLog } from '@/api/types'
import { formatCount, formatDateTime, formatDuration } from '@/lib/format'
import { Badge, type Tone } from '@/ui/Badge'
import styles from './HistoryTable.module.css'
import { remarksOf } from './remarks'
import { strings } from './strings'

const LOOKS: Record<SyncLog['status'], { tone: Tone; Icon: typeof CircleCheck }> = {
  RUNNING: { tone: 'new', Icon: CircleDashed },
  SUCCESS: { tone: 'good', Icon: CircleCheck },
  PARTIAL: { tone: 'warning', Icon: TriangleAlert },
  FAILED: { tone: 'bad', Icon: OctagonX },
}

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
        <th scope="row">{formatDateTime(run.started_at)}</th>
        <td>
          {strings.types[run.sync_type]}
          <span className={styles.by}>{startedBy(run)}</span>
        </td>
        <td>
          <Outcome run={run} />
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

function startedBy({ trigger, user }: SyncLog): string {
  return user?.name ?? strings.triggers[trigger] ?? trigger
}

function Outcome({ run }: { run: SyncLog }) {
  const { tone, Icon } = LOOKS[run.is_interrupted ? 'FAILED' : run.status]
  const word = run.is_interrupted ? strings.interruptedStatus : strings.statuses[run.status]
  return (
    <Badge tone={tone} icon={<Icon size={14} />}>
      {word}
    </Badge>
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
