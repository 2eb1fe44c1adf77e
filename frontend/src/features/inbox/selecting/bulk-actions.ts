import type { Me, Opportunity, WorkflowActionInfo } from '@/api/types'

/** What the person may do to many rows; where nothing, they are selected to be compared. */
export interface BulkRights {
  assign: boolean
  hold: boolean
}

/** The most usual last; REASSIGN is part of ASSIGN. */
const SHOWN = ['QUICK_NO_BID', 'RESUME', 'HOLD', 'ASSIGN']
const OF_ASSIGNERS = ['QUICK_NO_BID', 'ASSIGN']

export function bulkRightsOf({ rights }: Me): BulkRights {
  return { assign: rights.assign, hold: rights.assign || rights.claim }
}

/** List the actions offered for these rows, as the workflow describes them. */
export function bulkActions(known: WorkflowActionInfo[], rights: BulkRights, rows: Opportunity[]): WorkflowActionInfo[] {
  const isAnyHeld = rows.some((row) => row.workflow_status === 'ON_HOLD')
  if (!rights.hold) return []
  return SHOWN.flatMap((name) => known.filter(({ value }) => value === name)).filter(
    ({ value }) => (rights.assign || !OF_ASSIGNERS.includes(value)) && (isAnyHeld || value !== 'RESUME'),
  )
}
