/** The rows of a page in the groups that the server put them into. */

import type { operations } from '@/api/schema'
import type { ListGroup, Opportunity } from '@/api/types'
import { statusWords } from '@/entities/opportunity/strings'
import { strings } from './strings'

export type GroupedBy = NonNullable<
  NonNullable<operations['opportunities_list']['parameters']['query']>['group']
>

// Each that the server knows has to stand here, and no other.
const EVERY: Record<GroupedBy, true> = {
  workflow_status: true,
  assigned_sa: true,
  practice: true,
  geo: true,
  sector: true,
  stage: true,
}
export const GROUPED_BY = Object.keys(EVERY) as GroupedBy[]

export interface Section {
  /** Null for rows that stand in no group. */
  heading: { label: string; group: ListGroup } | null
  rows: Opportunity[]
  /** Of its first row on the page, from 0 on. */
  start: number
}

export function isGroupedBy(name: string): name is GroupedBy {
  return Object.hasOwn(EVERY, name)
}

/** One below the other; while rows of another list are still shown, they stand together ungrouped. */
export function sectionsOf(rows: Opportunity[], by: string, groups: ListGroup[] = []): Section[] {
  if (!isGroupedBy(by)) return [{ heading: null, rows, start: 0 }]
  const sections: Section[] = []
  for (const [place, row] of rows.entries()) {
    const group = groups.find(({ value }) => value === valueOf(row, by))
    const last = sections.at(-1)
    if (last && last.heading?.group === group) last.rows.push(row)
    else sections.push({ heading: group ? { label: labelOf(row, by), group } : null, rows: [row], start: place })
  }
  return sections
}

function valueOf(row: Opportunity, by: GroupedBy): string | null {
  return by === 'assigned_sa' ? (row.assigned_sa?.id ?? null) : row[by]
}

function labelOf(row: Opportunity, by: GroupedBy): string {
  if (by === 'workflow_status') return statusWords[row.workflow_status]
  if (by === 'assigned_sa') return row.assigned_sa?.name ?? strings.sa.none
  return row[by] ?? strings.notGiven(strings.columnNames[by])
}
