import { AlarmClock, AlarmClockMinus } from 'lucide-react'
import type { Opportunity } from '@/api/types'
import { formatDateTime, formatRelative } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { clockWords } from './strings'

/** Show when the next step is due, or nothing where no clock runs. */
export function ClockBadge({ clock, dueAt }: { clock: Opportunity['clock']; dueAt: string | null }) {
  if (dueAt === null || clock === 'NONE') return null
  const when = (
    <time dateTime={dueAt} title={formatDateTime(dueAt)}>
      {formatRelative(dueAt)}
    </time>
  )
  if (clock === 'OK') {
    return (
      <span>
        {clockWords.OK} {when}
      </span>
    )
  }
  const Icon = clock === 'OVERDUE' ? AlarmClockMinus : AlarmClock
  return (
    <Badge tone={clock === 'OVERDUE' ? 'bad' : 'warning'} icon={<Icon size={14} />}>
      {clockWords[clock]}, {when}
    </Badge>
  )
}
