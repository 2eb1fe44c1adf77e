import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { AvailableAction, OpportunityDetail } from '@/api/types'
import type { ActionInputs } from '@/entities/action/inputs'

/** Stand for any action: all have one shape of answer, and each a body of its own. */
type AnyAction = '/api/opportunities/{id}/actions/hold'
type AnyBody = { lock_version: number; reason: string; review_on: string }

/** Send an action from its page, a preview or the board; `onDone` runs before what is shown follows. */
export function useAction({ id, lock_version }: OpportunityDetail, onDone: (after: OpportunityDetail) => void) {
  return useApiMutation(
    ({ action, inputs }: { action: AvailableAction; inputs: ActionInputs }) =>
      unwrap(
        api.POST(`/api/opportunities/{id}/${action.path}` as AnyAction, {
          params: { path: { id } },
          body: { ...inputs, lock_version } as unknown as AnyBody,
        }),
      ),
    { stale: ['opportunities', 'dashboard', 'people'], isErrorInPlace: true, onSuccess: onDone },
  )
}

/** Start or stop to watch. */
export function useWatch({ id, is_watched: isWatched }: OpportunityDetail, onDone: () => void) {
  const path = { params: { path: { id } } }
  return useApiMutation(
    () =>
      unwrap(
        isWatched
          ? api.DELETE('/api/opportunities/{id}/watch', path)
          : api.PUT('/api/opportunities/{id}/watch', path),
      ),
    { opportunityId: id, onSuccess: onDone },
  )
}

export interface OwnFields {
  sa_notes?: string
  bid_due_on?: string | null
}

export function useOwnFields({ id, lock_version }: OpportunityDetail) {
  return useApiMutation(
    (fields: OwnFields) =>
      unwrap(api.PATCH('/api/opportunities/{id}', { params: { path: { id } }, body: { ...fields, lock_version } })),
    { opportunityId: id, isErrorInPlace: true },
  )
}

export function useSettle(opportunityId: string, onDone: () => void) {
  return useApiMutation(
    ({ id, ...body }: { id: string; state: 'MET' | 'WAIVED'; reason: string }) =>
      unwrap(
        api.POST('/api/opportunities/{id}/conditions/{condition_id}/settle', {
          params: { path: { id: opportunityId, condition_id: id } },
          body,
        }),
      ),
    { opportunityId, isErrorInPlace: true, onSuccess: onDone },
  )
}

/** Mark the opportunity as seen, so that the inbox marks later changes only. */
export function markSeen(id: string): Promise<unknown> {
  return unwrap(
    api.POST('/api/opportunities/{id}/seen', { params: { path: { id } } }),
  )
}
