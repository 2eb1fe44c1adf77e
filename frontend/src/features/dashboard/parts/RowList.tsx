import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Opportunity } from '@/api/types'
import { ClockBadge } from '@/entities/opportunity/ClockBadge'
import { RecommendationBadge } from '@/entities/opportunity/RecommendationBadge'
import { StatusBadge } from '@/entities/opportunity/StatusBadge'
import { Loaded } from '@/entities/Loaded'
import { formatDateTime, formatMoney, formatRelative } from '@/lib/format'
import { FigureLink } from './FigureLink'
import type { RowFilter } from '../filter'
import { opportunitiesQuery } from '@/api/queries'
import styles from './RowList.module.css'
import { words } from '../strings'

const ROWS_SHOWN = 6

interface RowListProps {
  label: string
  filter: RowFilter
  ordering: string
  /** Everything in it is the reader's own. */
  isOwn?: boolean
  /** What was decided and when, in place of where it stands. */
  isDecided?: boolean
  /** In place of the list where it is empty. */
  nothing: string
}

/** List the first rows, each a link, and link to all of them. */
export function RowList({ label, filter, ordering, isOwn = false, isDecided = false, nothing }: RowListProps) {
  const rows = useQuery(opportunitiesQuery({ ...filter, ordering: [ordering], page_size: ROWS_SHOWN }, true))
  return (
    <Loaded query={rows}>
      {({ results, count }) => {
        if (count === 0) return <p className={styles.muted}>{nothing}</p>
        return (
          <>
            <ul aria-label={label}>
              {results.map((row) => (
                <Row key={row.id} row={row} isOwn={isOwn} isDecided={isDecided} />
              ))}
            </ul>
            {count > results.length && (
              <p>
                <FigureLink figure={{ count, filter: { ...filter, ordering: [ordering] }, label }}>
                  {words.showAll(count)}
                </FigureLink>
              </p>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

interface RowProps {
  row: Opportunity
  isOwn: boolean
  isDecided: boolean
}

function Row({ row, isOwn, isDecided }: RowProps) {
  const { id, name } = row
  return (
    <li className={styles.row}>
      <Link to="/opportunities/$id" params={{ id }} className={styles.name}>
        {name}
      </Link>
      <span className={styles.facts}>
        {isDecided ? <Decision row={row} /> : <State row={row} />}
        <span className={styles.muted}>{formatMoney(row.deal_value, row.currency)}</span>
        {!isOwn && (
          <span className={styles.muted}>{row.assigned_sa?.name ?? words.nobody}</span>
        )}
      </span>
    </li>
  )
}

function State({ row }: { row: Opportunity }) {
  const { workflow_status: status, clock, due_at: dueAt, status_entered_at: since } = row
  return (
    <>
      <StatusBadge status={status} />
      <When at={since} say={words.since} />
      <ClockBadge clock={clock} dueAt={dueAt} />
    </>
  )
}

function Decision({ row: { decision, decided_at: at } }: { row: Opportunity }) {
  return (
    <>
      {decision !== 'NONE' && <RecommendationBadge recommendation={decision} />}
      {at && <When at={at} say={words.decidedWhen} />}
    </>
  )
}

function When({ at, say }: { at: string; say: (when: string) => string }) {
  return (
    <time dateTime={at} title={formatDateTime(at)} className={styles.muted}>
      {say(formatRelative(at))}
    </time>
  )
}
