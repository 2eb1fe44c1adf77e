import { formatDate, formatWeekday } from '@/lib/format'
import styles from './Calendar.module.css'
import { weekOf } from './days'
import { EntryList } from './EntryList'
import type { SpanProps } from './Month'
import { strings } from './strings'

/** List a week day by day, for a phone. */
export function Week({ day, today, entries, from }: Omit<SpanProps, 'go'>) {
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
