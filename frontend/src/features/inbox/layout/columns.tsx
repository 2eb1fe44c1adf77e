import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { Opportunity } from '@/api/types'
import { valueInWords } from '@/entities/opportunity/changes'
import { crmFields, fieldLabel, fieldsWhere } from '@/entities/opportunity/catalogue'
import { ClockBadge } from '@/entities/opportunity/ClockBadge'
import { StatusBadge } from '@/entities/opportunity/StatusBadge'
import { decisionWords, outcomeWords, priorityWords } from '@/entities/opportunity/strings'
import {
  formatDate,
  formatDateTime,
  formatMoney,
  formatPercent,
  formatRelative,
} from '@/lib/format'
import { Dash } from '@/ui/Dash'
import { AssigneeCell } from './cells/AssigneeCell'
import styles from './cells/cells.module.css'
import { NameCell } from './cells/NameCell'
import { OwnFieldCell } from './cells/OwnFieldCell'
import { ScoreCell } from './cells/ScoreCell'

type OwnColumnId = Extract<keyof Opportunity, string>

/** An attribute of the CRM that a setting of the server adds stands behind `extra.` */
export type ColumnId = OwnColumnId | `extra.${string}`

export interface Column {
  id: ColumnId
  label: string
  /** In pixels, as it is at first. */
  width: number
  isNumber?: boolean
  /** Whether the server sorts by it. */
  isSortable: boolean
  cell: (row: Opportunity, from: string) => ReactNode
}

const cells: [OwnColumnId, number, Column['cell'], 'number'?][] = [
  ['name', 320, (row, from) => <NameCell row={row} from={from} />],
  ['opty_number', 150, (row) => text(row.opty_number ?? row.remote_id)],
  ['deal_value', 168, (row) => formatMoney(row.deal_value, row.currency), 'number'],
  ['workflow_status', 136, (row) => <StatusBadge status={row.workflow_status} />],
  ['assigned_sa', 150, (row) => <AssigneeCell row={row}>{text(row.assigned_sa?.name)}</AssigneeCell>],
  ['due_at', 176, (row) => clock(row)],
  ['bid_due_on', 112, (row) => <OwnFieldCell row={row} field="bid_due_on">{formatDate(row.bid_due_on)}</OwnFieldCell>, 'number'],
  ['priority', 96, (row) => <OwnFieldCell row={row} field="priority">{priority(row)}</OwnFieldCell>],
  ['score', 128, (row) => <ScoreCell row={row} />, 'number'],
  ['practice', 130, (row) => text(row.practice)],
  ['geo', 96, (row) => text(row.geo)],
  ['sector', 130, (row) => text(row.sector)],
  ['stage', 150, (row) => text(row.stage)],
  ['win_probability', 120, (row) => formatPercent(row.win_probability), 'number'],
  ['close_date', 112, (row) => formatDate(row.close_date), 'number'],
  ['status_entered_at', 120, (row) => ago(row.status_entered_at)],
  ['crm_updated_at', 120, (row) => ago(row.crm_updated_at)],
  ['customer', 180, (row) => text(row.customer)],
  ['sales_owner', 140, (row) => text(row.sales_owner)],
  ['crm_status', 110, (row) => text(row.crm_status)],
  ['crm_outcome', 120, (row) => outcomeWords[row.crm_outcome]],
  ['recommendation', 130, (row) => text(row.recommendation && decisionWords[row.recommendation])],
  ['decision', 120, (row) => text(row.decision === 'NONE' ? null : decisionWords[row.decision])],
  ['first_seen_at', 120, (row) => ago(row.first_seen_at)],
  ['last_synced_at', 120, (row) => ago(row.last_synced_at)],
]

/** List all columns as the catalogue names them: ours, the CRM's others, those of the server's settings. */
export function allColumns(): Column[] {
  const sortable = fieldsWhere('is_sortable').map(({ name }) => name)
  const own = [...cells, ...otherCells()].map(([id, width, cell, kind]) => ({
    id,
    label: fieldLabel(id),
    width,
    isNumber: kind === 'number',
    isSortable: sortable.includes(id),
    cell,
  }))
  return [...own, ...extraColumns()]
}

/** Show what the catalogue has beyond the cells above as its kind is written. */
function otherCells(): typeof cells {
  const known: string[] = cells.map(([id]) => id)
  const others = crmFields().filter(({ name }) => !known.includes(name))
  return others.map(({ name }) => {
    const id = name as OwnColumnId
    return [id, 130, (row) => text(valueInWords(name, row[id], row.currency))]
  })
}

function extraColumns(): Column[] {
  const extra = fieldsWhere('is_in_list').filter(({ name }) => name.startsWith('extra.'))
  return extra.map(({ name, label }) => ({
    id: name as ColumnId,
    label,
    width: 130,
    isSortable: false,
    cell: (row) => text(inWords(row.extra[name.replace('extra.', '')])),
  }))
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** It leads the row, whatever else is shown. */
export const FIRST: ColumnId[] = ['name']

function text(value: string | null | undefined): ReactNode {
  return value ? <span className={styles.text} title={value}>{value}</span> : <Dash />
}

function priority({ priority: rank }: Opportunity): ReactNode {
  return <span className={clsx(rank === 'HIGH' && styles.high)}>{priorityWords[rank]}</span>
}

function clock({ clock: state, due_at }: Opportunity): ReactNode {
  if (due_at === null || state === 'NONE') return <Dash />
  return <ClockBadge clock={state} dueAt={due_at} />
}

function ago(iso: string): ReactNode {
  return (
    <time dateTime={iso} title={formatDateTime(iso)}>
      {formatRelative(iso)}
    </time>
  )
}

