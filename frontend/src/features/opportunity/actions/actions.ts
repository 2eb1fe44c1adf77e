import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { OpportunityDetail } from '@/api/types'

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
