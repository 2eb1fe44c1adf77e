import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { SAID_IN_PLACE } from '@/api/problem'
import { makeStale } from '@/api/query'
import type { Opportunity, RowResult } from '@/api/types'

export type BulkOrder =
  | { action: 'assign'; assignee: string; reason: string }
  | { action: 'hold'; reason: string; review_on: string }
  | { action: 'noBid'; reason_code: string; reason: string }
  | { action: 'resume'; reason: string }

const PATHS = {
  hold: '/api/opportunities/bulk/hold',
  noBid: '/api/opportunities/bulk/quick-no-bid',
  resume: '/api/opportunities/bulk/resume',
} as const

/** Each row by itself: the answers say which were done, and why the rest was not. */
export function useBulk() {
  const cache = useQueryClient()
  return useMutation({
    meta: SAID_IN_PLACE,
    mutationFn: ({ order, rows }: { order: BulkOrder; rows: Opportunity[] }) => send(order, rows),
    onSettled: () => makeStale(cache, 'opportunities', 'dashboard', 'people'),
  })
}

async function send(order: BulkOrder, rows: Opportunity[]): Promise<RowResult[]> {
  const ids = rows.map((row) => row.id)
  const { action, ...said } = order
  if (action === 'assign') return assign(said as { assignee: string; reason: string }, rows)
  return unwrap(api.POST(PATHS[action], { body: { ids, ...said } as never }))
}

const isNew = (row: Opportunity) => row.assigned_sa === null

/** Who has nobody is assigned, who has somebody is handed over: two actions of the workflow. */
async function assign(
  { assignee, reason }: { assignee: string; reason: string },
  rows: Opportunity[],
): Promise<RowResult[]> {
  const fresh = rows.filter(isNew).map((row) => row.id)
  const taken = rows.filter((row) => !isNew(row)).map((row) => row.id)
  const body = (ids: string[]) => ({ ids, assignee, ...(reason && { reason }) })
  const answers = await Promise.all([
    fresh.length ? unwrap(api.POST('/api/opportunities/bulk/assign', { body: body(fresh) })) : [],
    taken.length ? unwrap(api.POST('/api/opportunities/bulk/reassign', { body: body(taken) })) : [],
  ])
  return answers.flat()
}
