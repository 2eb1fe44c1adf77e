import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { getQuery } from '@/api/query'
import type { components } from '@/api/schema'
import type { SavedView } from '@/api/types'

const MOST_VIEWS = 500

export const viewsQuery = getQuery('/api/saved-views', { query: { page_size: MOST_VIEWS } }, {
  select: ({ results }): SavedView[] => results.toSorted((one, other) => one.position - other.position),
  staleTime: 5 * 60_000,
})

type NewView = components['schemas']['NewView']
type Change = Omit<components['schemas']['ViewChange'], 'lock_version'>

export function useSaveView(meta = {}) {
  return useViewMutation((body: NewView) => unwrap(api.POST('/api/saved-views', { body })), meta)
}

export function useChangeView() {
  return useViewMutation(({ view, change }: { view: SavedView; change: Change }) => {
    const params = { path: { id: view.id } }
    const body = { lock_version: view.lock_version, ...change }
    return unwrap(api.PATCH('/api/saved-views/{id}', { params, body }))
  })
}

export function useRemoveView() {
  return useViewMutation((view: SavedView) =>
    unwrap(api.DELETE('/api/saved-views/{id}', { params: { path: { id: view.id } } })),
  )
}

function useViewMutation<Order, Answer>(mutationFn: (order: Order) => Promise<Answer>, meta = {}) {
  const cache = useQueryClient()
  return useMutation({
    meta,
    mutationFn,
    onSettled: () => cache.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  })
}
