import { useEffect } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { BulkCheckOrder } from '@/api/schema'
import type { Opportunity, RowResult } from '@/api/types'
import type { ActionInputs } from '@/entities/action/inputs'

/** Stand for any bulk action: all have one shape of answer, and each a body of its own. */
type AnyBulkAction = '/api/opportunities/bulk/hold'

/** Act on each row alone: the answers say which are done, and why the others are not. */
export function useBulk(path: string, rows: Opportunity[]) {
  return useApiMutation((inputs: ActionInputs) => send(path, rows, inputs), {
    stale: ['opportunities', 'dashboard', 'people'],
    isErrorInPlace: true,
  })
}

/** The actions that stand behind one button. */
const BEHIND: Record<string, CheckedAction[]> = { ASSIGN: ['ASSIGN', 'REASSIGN'], HOLD: ['HOLD'], RESUME: ['RESUME'] }
type CheckedAction = BulkCheckOrder['actions'][number]

/** Ask which rows the server would refuse, and why; nothing is asked of an action it cannot check. */
export function useBulkCheck(action: string, rows: Opportunity[]) {
  const actions = BEHIND[action]
  const check = useApiMutation(async () => {
    const ids = rows.map(({ id }) => id)
    return actions ? unwrap(api.POST('/api/opportunities/bulk/check', { body: { ids, actions } })) : []
  })
  const { mutate } = check
  useEffect(() => mutate(), [mutate])
  const refused = (check.data ?? []).filter(({ is_done: isPossible }) => !isPossible)
  return { refused, isPending: check.isPending }
}

/** Assign those without an SA, and reassign the others: two actions of the workflow. */
async function send(path: string, rows: Opportunity[], inputs: ActionInputs): Promise<RowResult[]> {
  if (path !== 'assign') return post(path, rows, inputs)
  const answers = await Promise.all([
    post('assign', rows.filter(isUnassigned), inputs),
    post('reassign', rows.filter((row) => !isUnassigned(row)), inputs),
  ])
  return answers.flat()
}

async function post(path: string, rows: Opportunity[], inputs: ActionInputs): Promise<RowResult[]> {
  if (rows.length === 0) return []
  const body = { ids: rows.map(({ id }) => id), ...inputs } as never
  return unwrap(api.POST(`/api/opportunities/bulk/${path}` as AnyBulkAction, { body }))
}

const isUnassigned = (row: Opportunity) => row.assigned_sa === null
