import type { OpportunityDetail } from '@/api/types'
import { ClockBadge } from '@/entities/opportunity/ClockBadge'
import { StatusBadge } from '@/entities/opportunity/StatusBadge'
import { formatDate, formatMoney } from '@/lib/format'
import { pageWords } from '../strings'
import styles from './Summary.module.css'

interface SummaryProps {
  opportunity: OpportunityDetail
  /** Large, with everything; else a line beside a score. */
  isHeading?: boolean
}

/** Show name, customer, value, state and due dates. */
export function Summary({ opportunity, isHeading = false }: SummaryProps) {
  const { opty_number: number, name, customer, deal_value: value, currency, clock } = opportunity
  const { workflow_status: status, assigned_sa: sa, due_at: dueAt, bid_due_on: bidDue } = opportunity
  return (
    <div className={styles.summary} data-heading={isHeading || undefined}>
      <h1 className={styles.name}>{name}</h1>
      <p className={styles.line}>
        <span>{number ?? pageWords.noNumber}</span>
        {customer && <span>{customer}</span>}
        <span>{formatMoney(value, currency)}</span>
        <StatusBadge status={status} />
        <ClockBadge clock={clock} dueAt={dueAt} />
        {bidDue && <span>{pageWords.bidDue(formatDate(bidDue))}</span>}
        {isHeading && <span>{sa ? pageWords.assignedTo(sa.name) : pageWords.nobody}</span>}
        {isHeading && opportunity.is_unscored_decision && <span>{pageWords.unscored}</span>}
      </p>
    </div>
  )
}
