import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, unwrap } from '@/api/client'

const WHILE_RUNNING_MS = 2_000
const AT_REST_MS = 60_000

const statusQuery = queryOptions({
  queryKey: ['sync', 'status'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/sync-status', { signal })),
  refetchInterval: ({ state }) => (state.data?.is_running ? WHILE_RUNNING_MS : AT_REST_MS),
  staleTime: 0,
})

export const progressQuery = queryOptions({
  queryKey: ['sync', 'progress'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/sync-progress', { signal })),
  refetchInterval: WHILE_RUNNING_MS,
  staleTime: 0,
})

const RUNS_A_PAGE = 20

export const historyQuery = (page: number) =>
  queryOptions({
    queryKey: ['sync', 'history', page],
    queryFn: ({ signal }) => {
      const query = { page, page_size: RUNS_A_PAGE }
      return unwrap(api.GET('/api/sync-history', { params: { query }, signal }))
    },
    select: ({ results, count }) => ({ runs: results, pages: Math.ceil(count / RUNS_A_PAGE) }),
    placeholderData: keepPreviousData,
  })

/** The status; when a run has ended, whatever it may have changed is asked for again. */
export function useSyncStatus() {
  const cache = useQueryClient()
  const status = useQuery(statusQuery)
  const isRunning = status.data?.is_running ?? false
  const wasRunning = useRef(isRunning)
  useEffect(() => {
    if (wasRunning.current && !isRunning) {
      for (const key of ['opportunities', 'dashboard', 'sync']) {
        void cache.invalidateQueries({ queryKey: [key] })
      }
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
    onSettled: () => cache.invalidateQueries({ queryKey: ['sync'] }),
  })
}
