/** What falls on each day. Pure. */

import type { Opportunity } from '@/api/types'
import { dayOf } from '@/lib/format'

export interface Entry {
  row: Opportunity
  kind: 'bid' | 'clock'
  isOverdue: boolean
}

const MOST_A_DAY = 4

export function entriesByDay(bids: Opportunity[], clocks: Opportunity[], today: string): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>()
  const add = (day: string, entry: Entry) => days.set(day, [...(days.get(day) ?? []), entry])
  for (const row of clocks) {
    if (row.due_at !== null && row.clock !== 'NONE') {
      add(dayOf(row.due_at), { row, kind: 'clock', isOverdue: row.clock === 'OVERDUE' })
    }
  }
  for (const row of bids) {
    if (row.bid_due_on !== null) add(row.bid_due_on, { row, kind: 'bid', isOverdue: isBidLate(row, today) })
  }
  return days
}

/** A bid is late while nobody has decided on it. */
function isBidLate({ bid_due_on: due, decision, workflow_status: status }: Opportunity, today: string): boolean {
  return due !== null && due < today && decision === 'NONE' && status !== 'CLOSED_IN_CRM'
}

/** Keep the first entries of a day in sight. */
export function folded(entries: Entry[]): { shown: Entry[]; others: Entry[] } {
  return { shown: entries.slice(0, MOST_A_DAY), others: entries.slice(MOST_A_DAY) }
}
