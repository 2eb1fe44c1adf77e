import { Link } from '@tanstack/react-router'
import { GripVertical } from 'lucide-react'
import { Button, GridListItem } from 'react-aria-components'
import type { Opportunity } from '@/api/types'
import { ClockBadge } from '@/entities/opportunity/ClockBadge'
import { formatDate, formatMoneyShort } from '@/lib/format'
import styles from './Board.module.css'
import { CardMenu } from './CardMenu'
import { strings } from './strings'
import type { Moving } from './use-moves'

interface CardProps {
  row: Opportunity
  from: string
  mayMove: boolean
  onStart: (moving: Moving) => void
}

export function Card({ row, from, mayMove, onStart }: CardProps) {
  const { id, name, customer } = row
  return (
    <GridListItem id={id} textValue={name} className={styles.card}>
      <div className={styles.name}>
        <Link to="/opportunities/$id" params={{ id }} search={{ from }} draggable={false}>
          {name}
        </Link>
        {mayMove && (
          <span className={styles.tools}>
            <Button slot="drag" className={styles.grip} aria-label={strings.drag(name)}>
              <GripVertical size={16} aria-hidden />
            </Button>
            <CardMenu row={row} onStart={onStart} />
          </span>
        )}
      </div>
      {customer && <div className={styles.customer}>{customer}</div>}
      <div className={styles.facts}>
        <span>{row.assigned_sa?.name ?? strings.unassigned}</span>
        {row.deal_value !== null && (
          <span className={styles.value}>{formatMoneyShort(row.deal_value, row.currency)}</span>
        )}
      </div>
      <div className={styles.facts}>
        <Due row={row} />
      </div>
    </GridListItem>
  )
}

/** Show the running clock, else when the customer wants the bid. */
function Due({ row }: { row: Opportunity }) {
  if (row.clock !== 'NONE' && row.due_at !== null) return <ClockBadge clock={row.clock} dueAt={row.due_at} />
  return row.bid_due_on && <span>{strings.bidDue(formatDate(row.bid_due_on))}</span>
}
