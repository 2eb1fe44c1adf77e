import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { viewsQuery } from '@/api/queries'
import type { NewView, ViewChange } from '@/api/schema'
import type { SavedView } from '@/api/types'

type Change = Omit<ViewChange, 'lock_version'>

export function useSaveView(isErrorInPlace = false) {
  const options = { staleQuery: viewsQuery, isErrorInPlace }
  return useApiMutation((body: NewView) => unwrap(api.POST('/api/saved-views', { body })), options)
}

export function useChangeView() {
  return useApiMutation(
    ({ view, change }: { view: SavedView; change: Change }) => {
      const params = { path: { id: view.id } }
      const body = { lock_version: view.lock_version, ...change }
      return unwrap(api.PATCH('/api/saved-views/{id}', { params, body }))
    },
    { staleQuery: viewsQuery },
  )
}

/** Remove a view; `onRemoved` runs although its line in the list is gone by then. */
export function useRemoveView(onRemoved: () => void) {
  return useApiMutation(
    (view: SavedView) => unwrap(api.DELETE('/api/saved-views/{id}', { params: { path: { id: view.id } } })),
    { staleQuery: viewsQuery, onSuccess: onRemoved },
  )
}
