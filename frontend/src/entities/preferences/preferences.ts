import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { keysOf, customQuery } from '@/api/query'
import { pageOwner } from '@/api/session-owner'
import { readStored, store } from '@/lib/storage'

/** By name; whoever keeps one knows its shape. */
type Preferences = Record<string, unknown>

declare module '@/api/query' {
  interface CustomData {
    preferences: Preferences
  }
}

/** What is the person's own, and arranges the pages. */
export const MY_KEYS = keysOf('mine')

const stored = () => `personal:preferences:${pageOwner()?.id}`

/** They follow the person; the copy on this computer is for the first paint. */
const preferencesQuery = customQuery('preferences', ['mine'], known, {
  placeholderData: (before) => before ?? readStored<Preferences>(stored()) ?? {},
  staleTime: Infinity,
})

async function known({ client, signal }: { client: QueryClient; signal: AbortSignal }): Promise<Preferences> {
  const { preferences } = await unwrap(api.GET('/api/me/preferences', { signal }))
  // What was chosen while the answer was on its way is newer.
  const newest = { ...preferences, ...client.getQueryData(preferencesQuery.queryKey) }
  store(stored(), newest)
  return newest
}

/** Return a preference and the function that saves it. */
export function usePreference<Value>(name: string, initial: Value) {
  const cache = useQueryClient()
  const { data } = useQuery(preferencesQuery)
  const { mutate } = useApiMutation(
    (preferences: Preferences) =>
      unwrap(api.PUT('/api/me/preferences', { body: { preferences: { ...preferences } } })),
    // One after the other: an older choice that arrives late would undo a newer one.
    { scope: { id: 'preferences' } },
  )
  const value = (data?.[name] ?? initial) as Value
  /** At once, so that a choice made in the next moment builds on it. */
  function keep(next: Value) {
    // The others are sent along: the server keeps one object and knows no names in it.
    const preferences = { ...(cache.getQueryData(preferencesQuery.queryKey) ?? data), [name]: next }
    store(stored(), preferences)
    cache.setQueryData(preferencesQuery.queryKey, preferences)
    mutate(preferences)
  }
  return [value, keep] as const
}

/** Return the person's formats for lib/format: how dates and numbers are written, and in which time zone. */
export function useFormatPreferences() {
  const [format, setFormat] = usePreference('format', '')
  const [timeZone, setTimeZone] = usePreference('timeZone', '')
  return { format, setFormat, timeZone, setTimeZone }
}

/** Return the page that the person begins with. */
export function useStartPage() {
  return usePreference<string>('startPage', '/')
}

/** Tell whether the preferences are known, from the server or this computer. */
export function useArePreferencesKnown(): boolean {
  const { isPlaceholderData, isPending } = useQuery(preferencesQuery)
  return !isPending && (!isPlaceholderData || readStored(stored()) !== null)
}

/** Return whether single keys and Ctrl+K are on, and how to switch them. */
export function useShortcutsPreference() {
  return usePreference('shortcuts', true)
}
