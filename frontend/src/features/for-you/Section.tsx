import { Link } from '@tanstack/react-router'
import type { ForYouRow, ForYouSection } from '@/api/types'
import { WordHelp } from '@/entities/help/WordHelp'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import { ClockBadge } from '@/entities/opportunity/ClockBadge'
import { StatusBadge } from '@/entities/opportunity/StatusBadge'
import { formatDate, formatListCount, formatMoneyShort } from '@/lib/format'
import styles from './ForYou.module.css'
import { words } from './strings'

export function Section({ section }: { section: ForYouSection }) {
  const { name, label, filter, rows } = section
  const shown = formatListCount(section)
  return (
    <section className={styles.section} aria-labelledby={`for-you-${name}`}>
      <header className={styles.head}>
        <h2 id={`for-you-${name}`}>
          {label} <span className={styles.count}>{shown}</span>
        </h2>
        {name === 'overdue' && <WordHelp word="clock" />}
        <Link
          to="/inbox"
          search={{ tab: 'all', ...filter }}
          preload={false}
          className={styles.all}
          aria-label={words.all(shown, label)}
        >
          {words.seeAll(shown)}
        </Link>
      </header>
      <ul>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

function Row({ row }: { row: ForYouRow }) {
  const why = whyOf(row)
  const rest = [row.practice, valueOf(row)].filter(Boolean).join(' · ')
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Link to="/opportunities/$id" params={{ id: row.id }} className={styles.name} data-deal>
          {row.name}
        </Link>
        <span className={styles.muted}>
          {row.customer && <bdi>{row.customer}</bdi>}
          {row.customer && rest && ' · '}
          {rest}
        </span>
      </div>
      <div className={styles.state}>
        <span className={styles.badges}>
          <StatusBadge status={row.workflow_status} />
          <ClockBadge clock={row.clock} dueAt={row.due_at} />
        </span>
        {why && <span className={styles.muted}>{why}</span>}
      </div>
    </li>
  )
}

function valueOf({ deal_value: value, currency }: ForYouRow): string {
  return value === null ? '' : formatMoneyShort(value, currency)
}

/** Say what brought it here, and the date that counts beside the clock. */
function whyOf({ why, unseen_fields: fields, workflow_status: status, hold_review_on: review, bid_due_on: bid }: ForYouRow): string {
  const parts = [
    why,
    fields.length > 0 && words.changed(fields.map(fieldLabel).join(', ')),
    status === 'ON_HOLD' && review && words.reviewOn(formatDate(review)),
    bid && words.bidDue(formatDate(bid)),
  ]
  return parts.filter(Boolean).join(' · ')
}
