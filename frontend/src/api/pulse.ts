/** Follow the server: ask every other second what moved, and read again what is shown of it. */

import { type Query, type QueryClient, useQuery } from '@tanstack/react-query'
import { passedSince } from '@/lib/clock'
import { api, unwrap } from './client'
import { ApiError } from './problem'
import { customQuery, type keysOf } from './query'
import type { components } from './schema'

type Pulse = components['schemas']['Pulse']

declare module './query' {
  interface CustomData {
    pulse: Pulse
  }
}

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const ASKED_EVERY_MS = 2 * SECOND_MS
const IN_TROUBLE_MS = 15 * SECOND_MS
/** Between two readings of the same: a sync moves deals for minutes. */
const REST_MS = 3 * SECOND_MS
/** What counts the whole table may rest longer. */
const COUNTED = ['/api/dashboard', '/api/opportunities/choices']
const COUNTED_REST_MS = 20 * SECOND_MS
/** With time alone deals become due, and a run counts as dead. */
const OLD_MS = 2 * MINUTE_MS
/** What somebody is busy with lies over the deals, which stay as they are until it is closed. */
const BUSY = '[role="dialog"], [role="menu"], [data-editing]'

/** In a hidden or offline tab it pauses, and is asked at once on coming back. */
export const pulseQuery = customQuery('pulse', ['other'], follow, {
  refetchInterval: ({ state: { error } }) => (error ? Math.max(IN_TROUBLE_MS, waitOf(error)) : ASKED_EVERY_MS),
  refetchOnWindowFocus: 'always',
  refetchOnReconnect: 'always',
  staleTime: 0,
  retry: false,
})

/** Keep what is shown up to date; for the frame, which never changes with it. */
export function usePulse(): void {
  useQuery({ ...pulseQuery, notifyOnChangeProps: [] })
}

/** Note what a change of one's own has moved before that is read again, so that no pulse tells it later. */
export async function expectOwnChange(cache: QueryClient): Promise<void> {
  if (cache.getQueryData(pulseQuery.queryKey)) await cache.fetchQuery(pulseQuery).catch(() => {})
}

async function follow({ client, signal }: { client: QueryClient; signal: AbortSignal }): Promise<Pulse> {
  const before = client.getQueryData<Pulse>(pulseQuery.queryKey)
  const query = before ? { after: before.cursor } : {}
  const told = await unwrap(api.GET('/api/pulse', { params: { query }, signal }))
  for (const each of client.getQueryCache().getAll()) if (hasMoved(each, before, told)) markStale(each)
  // Whoever changes something reads it again themselves.
  if (client.isMutating() === 0) void client.refetchQueries({ type: 'active', predicate: isDue })
  return told
}

const subjectOf = ({ queryKey }: Query) => queryKey[0] as ReturnType<typeof keysOf>[0] & { id?: string }
const FOLLOWED = ['opportunities', 'dashboard', 'sync', 'bell']
const isOfDeals = (topic: string) => topic === 'opportunities' || topic === 'dashboard'

/** Tell what an answer makes stale; the first one all, which may have been read before it. */
function hasMoved(query: Query, before: Pulse | undefined, told: Pulse): boolean {
  const { topic, id } = subjectOf(query)
  if (topic === 'sync' || topic === 'bell') return told[topic] !== before?.[topic]
  if (!isOfDeals(topic)) return false
  if (!before || !told.deals) return true
  return id === undefined ? told.deals.length > 0 : told.deals.includes(id)
}

function markStale(query: Query): void {
  query.invalidate()
  if (query.state.fetchStatus === 'idle') return
  // What is on its way may have been read before.
  void query.promise?.catch(() => {}).then(() => setTimeout(() => query.invalidate()))
}

/** Tell whether to read it again now. What has to wait stays marked for a later pulse. */
function isDue(query: Query): boolean {
  const { topic } = subjectOf(query)
  const { dataUpdatedAt, errorUpdatedAt, fetchStatus, isInvalidated } = query.state
  if (fetchStatus !== 'idle' || !FOLLOWED.includes(topic)) return false
  if (isOfDeals(topic) && document.querySelector(BUSY)) return false
  const age = passedSince(Math.max(dataUpdatedAt, errorUpdatedAt))
  return age >= (isInvalidated ? restOf(query) : OLD_MS)
}

function restOf(query: Query): number {
  if (query.state.status === 'error') return MINUTE_MS
  if (subjectOf(query).id !== undefined) return 0
  return COUNTED.includes(query.queryKey[1] as string) ? COUNTED_REST_MS : REST_MS
}

function waitOf(error: Error): number {
  return error instanceof ApiError ? (error.retryAfter ?? 0) * SECOND_MS : 0
}
