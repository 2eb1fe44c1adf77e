/** The one way to change something on the server. */

import { type QueryFilters, useMutation, type UseMutationOptions, useQueryClient } from '@tanstack/react-query'
import { expectOwnChange } from './pulse'
import { invalidateTopics, keysOf, type Topic } from './query'

interface Options<Order, Answer> extends Pick<UseMutationOptions<Answer, Error, Order>, 'onSuccess' | 'onError' | 'scope'> {
  /** Topics to read again, whether it succeeded or not. */
  stale?: Topic[]
  /** A single query to read again. */
  staleQuery?: Pick<QueryFilters, 'queryKey'>
  /** Read this opportunity again at once, and lists with the next pulse, or at once if refused. */
  opportunityId?: string
  /** Show the error where it happened; a toast shows all others. */
  isErrorInPlace?: boolean
}

export function useApiMutation<Order = void, Answer = unknown>(
  send: (order: Order) => Promise<Answer>,
  { stale = [], staleQuery, opportunityId, isErrorInPlace = false, ...options }: Options<Order, Answer> = {},
) {
  const cache = useQueryClient()
  return useMutation({
    ...options,
    meta: { isErrorInPlace },
    mutationFn: send,
    onSettled: async (_answer, error) => {
      if (staleQuery) await cache.invalidateQueries({ queryKey: staleQuery.queryKey })
      if (stale.length > 0 || opportunityId !== undefined) await expectOwnChange(cache)
      await invalidateTopics(cache, ...stale)
      if (opportunityId === undefined) return
      void invalidateTopics(cache, 'dashboard')
      void cache.invalidateQueries({ queryKey: keysOf('opportunities'), refetchType: error ? 'active' : 'none' })
      await cache.invalidateQueries({ queryKey: keysOf('opportunities', opportunityId) })
    },
  })
}
