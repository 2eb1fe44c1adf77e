import { type KeyboardEvent, useEffect, useRef } from 'react'
import { formatDate, formatLongMonth, formatWeekday } from '@/lib/format'
import { TableHead } from '@/ui/TableHead'
import styles from './Calendar.module.css'
import { dayByKey, monthGrid } from './days'
import { EntryList } from './EntryList'
import type { Entry } from './entries'

export interface SpanProps {
  day: string
  today: string
  entries: Map<string, Entry[]>
  from: string
  go: (day: string) => void
}

/** Show a month; arrows lead from day to day, Page Up and Page Down from month to month. */
export function Month({ day, today, entries, from, go }: SpanProps) {
  const weeks = monthGrid(day)
  const table = useRef<HTMLTableElement>(null)
  const isByKey = useRef(false)
  useEffect(() => {
    if (isByKey.current) table.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
    isByKey.current = false
  }, [day])

  function press(event: KeyboardEvent<HTMLTableElement>) {
    const next = event.target instanceof HTMLTableCellElement ? dayByKey(day, event.key) : null
    if (next === null || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    isByKey.current = true
    go(next)
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its days are walked by arrows
    <table ref={table} role="grid" className={styles.month} aria-label={formatLongMonth(day)} onKeyDown={press}>
      <TableHead columns={weeks[0]?.map(formatWeekday) ?? []} />
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((each) => (
              <td
                key={each}
                data-day={each}
                tabIndex={each === day ? 0 : -1}
                aria-current={each === today ? 'date' : undefined}
                data-outside={each.slice(0, 7) !== day.slice(0, 7) || undefined}
              >
                <time dateTime={each} aria-label={formatDate(each)} className={styles.number}>
                  {Number(each.slice(8))}
                </time>
                <EntryList day={each} entries={entries.get(each) ?? []} from={from} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
