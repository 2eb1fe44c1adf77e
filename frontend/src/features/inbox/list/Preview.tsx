import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Opportunity, OpportunityDetail } from '@/api/types'
import { changesQuery, opportunityQuery } from '@/api/queries'
import { currencyAt, groupBySync } from '@/entities/opportunity/changes'
import { ChangeLines } from '@/entities/opportunity/ChangeLines'
import { Loaded } from '@/entities/Loaded'
import { formatRelative } from '@/lib/format'
import { allColumns, type ColumnId } from '../layout/columns'
import styles from './Preview.module.css'
import { strings } from '../strings'

const FACTS: ColumnId[] = [
  'workflow_status',
  'assigned_sa',
  'due_at',
  'score',
  'customer',
  'deal_value',
  'stage',
  'win_probability',
  'close_date',
  'bid_due_on',
  'priority',
  'sales_owner',
  'practice',
  'geo',
  'sector',
]

export interface PreviewProps {
  id: string
  from: string
  /** What can be done with it. */
  actions: ComponentType<{ opportunity: OpportunityDetail }>
}

/** Show what can be done, the main facts and recent CRM changes of a row. */
export function Preview({ id, from, actions: Actions }: PreviewProps) {
  return (
    <Loaded query={useQuery(opportunityQuery(id))} lines={8}>
      {(row) => (
        <div className={styles.preview}>
          <Link to="/opportunities/$id" params={{ id }} search={{ from }} className={styles.open}>
            {strings.openFull}
          </Link>
          <Actions opportunity={row} />
          {row.allowed_actions.some(({ action, is_allowed }) => action === 'RETURN' && is_allowed) && (
            <Link to="/opportunities/$id/review" params={{ id }} className={styles.open}>
              {strings.review}
            </Link>
          )}
          <Facts row={row} />
          {row.sa_notes && (
            <section>
              <h3>{strings.notes}</h3>
              <p className={styles.notes}>{row.sa_notes}</p>
            </section>
          )}
          <Changes row={row} />
        </div>
      )}
    </Loaded>
  )
}

function Facts({ row }: { row: Opportunity }) {
  const columns = allColumns()
  const facts = FACTS.flatMap((id) => columns.filter((column) => column.id === id))
  return (
    <dl>
      {facts.map(({ id, label, cell }) => (
        <div key={id} className={styles.fact}>
          <dt>{label}</dt>
          <dd>{cell(row, '')}</dd>
        </div>
      ))}
    </dl>
  )
}

function Changes({ row }: { row: Opportunity }) {
  const { data } = useQuery(changesQuery(row.id))
  if (!data) return null
  return (
    <section>
      <h3>{strings.crmChanges}</h3>
      {data.results.length === 0 && <p className={styles.muted}>{strings.noChanges}</p>}
      <ul>
        {groupBySync(data.results).map(({ id, at, changes }) => (
          <li key={id} className={styles.change}>
            <ChangeLines changes={changes} currency={currencyAt(at, data.results, row.currency)} />
            <time dateTime={at} className={styles.muted}>
              {formatRelative(at)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  )
}
