/** The rows of a page in the groups that the server put them into. */

import type { operations } from '@/api/schema'
import type { ListGroup, Opportunity } from '@/api/types'
import { fieldLabel, fieldsWhere, stateLabel } from '@/entities/opportunity/catalogue'
import { strings } from '../strings'

type GroupedBy = NonNullable<
  NonNullable<operations['opportunities_list']['parameters']['query']>['group']
>

export interface Section {
  /** Null for rows that stand in no group. */
  heading: { label: string; group: ListGroup } | null
  rows: Opportunity[]
  /** Of its first row on the page, from 0 on. */
  start: number
}

export function isGroupedBy(name: string): name is GroupedBy {
  return fieldsWhere('is_groupable').some((field) => field.name === name)
}

/** Split rows into groups; rows of the previous list stay ungrouped. */
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
  if (by === 'workflow_status') return stateLabel(row.workflow_status)
  if (by === 'assigned_sa') return row.assigned_sa?.name ?? strings.sa.none
  return row[by] ?? strings.notGiven(fieldLabel(by))
}
