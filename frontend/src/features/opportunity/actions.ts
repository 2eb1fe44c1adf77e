import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { SAID_IN_PLACE } from '@/api/problem'
import { useIdempotencyKey } from '@/api/idempotency'
import { makeStale } from '@/api/query'
import type { ActionOffer, OpportunityDetail } from '@/api/types'
import { opportunityKeys } from '@/entities/opportunity/queries'

/** What a person says with an action; which of it is sent depends on the action. */
export type Said = Record<string, unknown>

/** All actions have one shape of answer, and each a body of its own. */
type AnyAction = '/api/opportunities/{id}/actions/hold'
type AnyBody = { lock_version: number; reason: string; review_on: string }

/** `onDone` is called before what is on the page moves on with the opportunity. */
export function useAction(opportunity: OpportunityDetail, onDone: () => void) {
  const { id, lock_version } = opportunity
  const refresh = useRefresh(id)
  return useMutation({
    meta: SAID_IN_PLACE,
    mutationFn: ({ offer, said }: { offer: ActionOffer; said: Said }) =>
      unwrap(
        api.POST(`/api/opportunities/{id}/${offer.path}` as AnyAction, {
          params: { path: { id } },
          body: { ...said, lock_version } as unknown as AnyBody,
        }),
      ),
    onSuccess: onDone,
    onSettled: refresh,
  })
}

/** Sent again after no answer came, it is stored once. */
export function useComment(id: string) {
  const refresh = useRefresh(id)
  const { keyOf, forget } = useIdempotencyKey()
  return useMutation({
    meta: SAID_IN_PLACE,
    mutationFn: (text: string) =>
      unwrap(
        api.POST('/api/opportunities/{id}/comments', {
          params: { path: { id }, header: { 'Idempotency-Key': keyOf(text) } },
          body: { text },
        }),
      ),
    onSuccess: () => {
      forget()
      return refresh()
    },
  })
}

export interface OwnFields {
  sa_notes?: string
  bid_due_on?: string | null
}

export function useOwnFields({ id, lock_version }: OpportunityDetail) {
  const refresh = useRefresh(id)
  return useMutation({
    meta: SAID_IN_PLACE,
    mutationFn: (fields: OwnFields) =>
      unwrap(
        api.PATCH('/api/opportunities/{id}', {
          params: { path: { id } },
          body: { ...fields, lock_version },
        }),
      ),
    onSettled: refresh,
  })
}

export function useSettle(opportunityId: string, onDone: () => void) {
  const refresh = useRefresh(opportunityId)
  return useMutation({
    meta: SAID_IN_PLACE,
    mutationFn: ({ id, ...body }: { id: string; state: 'MET' | 'WAIVED'; reason: string }) =>
      unwrap(
        api.POST('/api/opportunities/{id}/conditions/{condition_id}/settle', {
          params: { path: { id: opportunityId, condition_id: id } },
          body,
        }),
      ),
    onSuccess: onDone,
    onSettled: refresh,
  })
}

/** The lists, the figures and the page: an action moves all of them. */
function useRefresh(id: string) {
  const cache = useQueryClient()
  return () => {
    void makeStale(cache, 'dashboard')
    void cache.invalidateQueries({ queryKey: opportunityKeys.all, refetchType: 'none' })
    return cache.invalidateQueries({ queryKey: opportunityKeys.detail(id) })
  }
}

/** The person has seen it now: the inbox marks later changes only. */
export function markSeen(id: string): Promise<unknown> {
  return unwrap(
    api.POST('/api/opportunities/{id}/seen', { params: { path: { id } } }),
  )
}
