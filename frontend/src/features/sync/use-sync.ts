import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { syncStatusQuery } from '@/api/queries'
import { invalidateTopics } from '@/api/query'

/** Follow the status; when a run has ended, read again whatever it may have changed. */
export function useSyncStatus() {
  const cache = useQueryClient()
  const status = useQuery(syncStatusQuery)
  const isRunning = status.data?.is_running ?? false
  const wasRunning = useRef(isRunning)
  useEffect(() => {
    if (wasRunning.current && !isRunning) {
      void invalidateTopics(cache, 'opportunities', 'dashboard', 'sync')
    }
    wasRunning.current = isRunning
  }, [isRunning, cache])
  return status
}

export function useStartSync() {
  return useApiMutation(
    (sync_type: 'FULL' | 'INCREMENTAL') => unwrap(api.POST('/api/sync-database', { body: { sync_type } })),
    { stale: ['sync'] },
  )
}
