import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, unwrap } from '@/api/client'
import { getQuery, makeStale } from '@/api/query'

const WHILE_RUNNING_MS = 2_000
const AT_REST_MS = 60_000

const statusQuery = getQuery('/api/sync-status', {}, {
  refetchInterval: ({ state }) => (state.data?.is_running ? WHILE_RUNNING_MS : AT_REST_MS),
  staleTime: 0,
})

export const progressQuery = getQuery('/api/sync-progress', {}, {
  refetchInterval: WHILE_RUNNING_MS,
  staleTime: 0,
})

const RUNS_A_PAGE = 20

export function historyQuery(page: number) {
  return getQuery('/api/sync-history', { query: { page, page_size: RUNS_A_PAGE } }, {
    select: ({ results, count }) => ({ runs: results, pages: Math.ceil(count / RUNS_A_PAGE) }),
    placeholderData: keepPreviousData,
  })
}

/** The status; when a run has ended, whatever it may have changed is asked for again. */
export function useSyncStatus() {
  const cache = useQueryClient()
  const status = useQuery(statusQuery)
  const isRunning = status.data?.is_running ?? false
  const wasRunning = useRef(isRunning)
  useEffect(() => {
    if (wasRunning.current && !isRunning) {
      void makeStale(cache, 'opportunities', 'dashboard', 'sync')
    }
    wasRunning.current = isRunning
  }, [isRunning, cache])
  return status
}

export function useStartSync() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (sync_type: 'FULL' | 'INCREMENTAL') =>
      unwrap(api.POST('/api/sync-database', { body: { sync_type } })),
    onSettled: () => makeStale(cache, 'sync'),
  })
}
