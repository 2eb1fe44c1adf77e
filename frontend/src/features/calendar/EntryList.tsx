import { Link } from '@tanstack/react-router'
import { AlarmClock, AlarmClockMinus, CalendarCheck, CalendarX } from 'lucide-react'
import { formatDate } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Popover } from '@/ui/Popover'
import styles from './Calendar.module.css'
import { type Entry, folded } from './entries'
import { strings } from './strings'

const ICONS = { bid: [CalendarCheck, CalendarX], clock: [AlarmClock, AlarmClockMinus] } as const

interface EntryListProps {
  day: string
  entries: Entry[]
  from: string
}

/** List what is due on a day: the first four, the others on demand. */
export function EntryList({ day, entries, from }: EntryListProps) {
  const { shown, others } = folded(entries)
  return (
    <>
      <Entries entries={shown} from={from} />
      {others.length > 0 && (
        <Popover
          label={strings.moreOn(others.length, formatDate(day))}
          trigger={
            <Button kind="quiet" className={styles.more} aria-label={strings.moreOn(others.length, formatDate(day))}>
              {strings.more(others.length)}
            </Button>
          }
        >
          <Entries entries={others} from={from} />
        </Popover>
      )}
    </>
  )
}

function Entries({ entries, from }: { entries: Entry[]; from: string }) {
  return (
    <ul className={styles.entries}>
      {entries.map(({ row, kind, isOverdue }) => {
        const Icon = ICONS[kind][isOverdue ? 1 : 0]
        const meaning = isOverdue ? `${strings.kinds[kind]}, ${strings.overdue}` : strings.kinds[kind]
        return (
          <li key={`${kind} ${row.id}`} className={styles.entry} data-overdue={isOverdue || undefined}>
            <Icon size={14} role="img" aria-label={meaning} />
            <Link to="/opportunities/$id" params={{ id: row.id }} search={{ from }} title={`${row.name}: ${meaning}`}>
              {row.name}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** Say what the icons mean. */
export function Legend() {
  return (
    <ul className={styles.legend}>
      {(['bid', 'clock'] as const).flatMap((kind) =>
        ICONS[kind].map((Icon, place) => (
          <li key={`${kind} ${place}`} className={styles.entry} data-overdue={place === 1 || undefined}>
            <Icon size={14} aria-hidden />
            {place === 1 ? `${strings.kinds[kind]}, ${strings.overdue.toLowerCase()}` : strings.kinds[kind]}
          </li>
        )),
      )}
    </ul>
  )
}
