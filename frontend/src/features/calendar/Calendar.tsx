import { ChevronLeft, ChevronRight } from 'lucide-react'
import { sentenceOf } from '@/api/problem'
import { now } from '@/lib/clock'
import { dayOf, formatCount, formatDate, formatLongMonth, formatWeekday } from '@/lib/format'
import { useMedia } from '@/lib/use-media'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import styles from './Calendar.module.css'
import { addDays, addMonths, isDay, monthGrid, weekOf } from './days'
import { EntryList, Legend } from './EntryList'
import { Month, type SpanProps } from './Month'
import { strings } from './strings'
import { useEntries } from './use-entries'

interface CalendarProps {
  /** The list's own parameters. */
  query: Record<string, string | string[]>
  /** The same as text, for the way back. */
  from: string
  /** In sight; today where it is none. */
  day: string
  go: (day: string) => void
}

/** Show when bids and next steps are due: a month, on a phone a week. */
export function Calendar({ query, from, day: asked, go }: CalendarProps) {
  const isWeek = useMedia('(max-width: 767px)')
  const today = dayOf(now())
  const day = isDay(asked) ? asked : today
  const days = isWeek ? weekOf(day) : monthGrid(day).flat()
  const [first = day, last = day] = [days[0], days.at(-1)]
  const due = useEntries(query, first, last)
  const step = (count: number) => go(isWeek ? addDays(day, count * 7) : addMonths(day, count))
  if (due.error) {
    const retry = { label: common.tryAgain, onPress: due.refetch }
    return <ErrorState title={strings.failed} detail={sentenceOf(due.error)} retry={retry} />
  }
  const span = { day, today, entries: due.entries, from }
  return (
    <section className={styles.calendar} aria-busy={due.isStale}>
      <div className={styles.head}>
        <h2 aria-live="polite">
          {isWeek ? strings.week(formatDate(first), formatDate(last)) : formatLongMonth(day)}
        </h2>
        <div className={styles.steps}>
          <IconButton icon={ChevronLeft} label={strings.earlier(isWeek)} onPress={() => step(-1)} kind="plain" />
          <Button onPress={() => go(today)}>{strings.today}</Button>
          <IconButton icon={ChevronRight} label={strings.later(isWeek)} onPress={() => step(1)} kind="plain" />
        </div>
        <Legend />
      </div>
      {due.hasDateFilter && <p role="status">{strings.datesIgnored}</p>}
      {due.isPending && <Skeleton lines={16} />}
      {!due.isPending && due.count === 0 && <p role="status">{strings.nothingInSight}</p>}
      {due.shown < due.count && (
        <p role="status">{strings.cut(formatCount(due.shown), formatCount(due.count))}</p>
      )}
      {!due.isPending && (isWeek ? <Week {...span} /> : <Month {...span} go={go} />)}
    </section>
  )
}

/** List a week day by day, for a phone. */
function Week({ day, today, entries, from }: Omit<SpanProps, 'go'>) {
  return (
    <ol className={styles.week}>
      {weekOf(day).map((each) => (
        <li key={each} aria-current={each === today ? 'date' : undefined}>
          <h3>
            {formatWeekday(each)} {formatDate(each)}
          </h3>
          {entries.has(each) ? (
            <EntryList day={each} entries={entries.get(each) ?? []} from={from} />
          ) : (
            <p className={styles.muted}>{strings.nothing}</p>
          )}
        </li>
      ))}
    </ol>
  )
}
