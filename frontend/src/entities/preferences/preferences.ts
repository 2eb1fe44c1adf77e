import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { readStored, store } from '@/lib/storage'

/** By name; whoever keeps one knows its shape. */
type Preferences = Record<string, unknown>

/** What is the person's own, and arranges the pages: their keys begin with it. */
export const MINE = ['mine'] as const

const STORED = 'personal:preferences'

/** They follow the person; the copy on this computer is for the first paint. */
const preferencesQuery = queryOptions<Preferences>({
  queryKey: [...MINE, 'preferences'],
  queryFn: async ({ client, queryKey, signal }): Promise<Preferences> => {
    const { preferences } = await unwrap(api.GET('/api/me/preferences', { signal }))
    // What was chosen while the answer was on its way is newer.
    const known = { ...preferences, ...client.getQueryData<Preferences>(queryKey) }
    store(STORED, known)
    return known
  },
  placeholderData: (before) => before ?? readStored<Preferences>(STORED) ?? {},
  staleTime: Infinity,
})

/** What was kept under this name, and how to keep another. */
export function usePreference<Value>(name: string, initial: Value) {
  const cache = useQueryClient()
  const { data } = useQuery(preferencesQuery)
  const { mutate } = useMutation({
    mutationFn: (preferences: Preferences) =>
      unwrap(api.PUT('/api/me/preferences', { body: { preferences: { ...preferences } } })),
    onMutate: (preferences) => {
      store(STORED, preferences)
      cache.setQueryData(preferencesQuery.queryKey, preferences)
    },
  })
  const value = (data?.[name] ?? initial) as Value
  // The others are sent along: the server keeps one object and knows no names in it.
  const keep = (next: Value) => mutate({ ...data, [name]: next })
  return [value, keep] as const
}

/** Whether single keys and Ctrl+K act. */
export function useShortcutsPreference() {
  return usePreference('shortcuts', true)
}
