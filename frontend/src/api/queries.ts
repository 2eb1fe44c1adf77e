/** One query per endpoint, all here: callers pass parameters, and the key follows from them. */
import { keepPreviousData } from '@tanstack/react-query'
import { customQuery, getQuery, keysOf, ofOpportunity, pagesQuery } from './query'
import type { operations, Version, VersionDetail } from './schema'
import type { ChangeKind, SavedView } from './types'

type QueryOf<Name extends keyof operations> = operations[Name]['parameters'] extends { query?: infer Query }
  ? Query
  : never
/** Filters of an address, which the server checks. */
type AnyFilter = Record<string, string | string[] | number>

const MINUTE_MS = 60_000
const KEEP_SHOWN = { placeholderData: keepPreviousData }

/** Match all queries that show opportunities, or those of one. */
export const opportunityKeys = {
  all: keysOf('opportunities'),
  detail: (id: string) => keysOf('opportunities', id),
}

/** Read a page of opportunities; `isList` keeps the rows shown until others arrive. */
export function opportunitiesQuery(query: QueryOf<'opportunities_list'> | AnyFilter, isList = false) {
  return getQuery('/api/opportunities', { query: query as QueryOf<'opportunities_list'> }, isList ? KEEP_SHOWN : {})
}

export const opportunityQuery = ofOpportunity('/api/opportunities/{id}')

export function tabsQuery(query: AnyFilter) {
  return getQuery('/api/opportunities/tabs', { query: query as QueryOf<'opportunities_tabs_list'> }, KEEP_SHOWN)
}

/** Sum what matches, per currency. */
export function sumsQuery(query: AnyFilter) {
  return getQuery('/api/opportunities/sums', { query: query as QueryOf<'opportunities_tabs_list'> }, KEEP_SHOWN)
}

/** Read what waits for the person, section by section. */
export const forYouQuery = getQuery('/api/for-you', {}, KEEP_SHOWN)

/** Read the few that match best, or without a search those viewed last. */
export function jumpQuery(search: string) {
  return getQuery('/api/jump', { query: search ? { search } : {} }, { staleTime: 0 })
}

/** Read the values that lists are filtered by, with the server's labels. */
export const choicesQuery = getQuery('/api/opportunities/choices', {}, { staleTime: 5 * MINUTE_MS })

/** Read what an opportunity is made of: fields, states, bands, actions and limits. */
export const fieldsQuery = getQuery('/api/opportunities/fields', {}, { staleTime: Infinity })

export function neighboursQuery(id: string, query: AnyFilter) {
  return getQuery('/api/opportunities/{id}/neighbours', { path: { id }, query })
}

/** Read what people did, newest first. */
export function eventsQuery(id: string, query: QueryOf<'opportunities_events_list'>) {
  return getQuery('/api/opportunities/{id}/events', { path: { id }, query })
}

export function eventPagesQuery(id: string) {
  return pagesQuery('/api/opportunities/{id}/events', { path: { id } })
}

/** Read what the CRM changed, newest first. */
export const changesQuery = ofOpportunity('/api/opportunities/{id}/changes', { page_size: 10 })

export function changePagesQuery(id: string) {
  return pagesQuery('/api/opportunities/{id}/changes', { path: { id } })
}

export const attachmentsQuery = ofOpportunity('/api/opportunities/{id}/attachments', { page_size: 100 })
export const similarQuery = ofOpportunity('/api/opportunities/{id}/similar')
export const decisionsQuery = ofOpportunity('/api/opportunities/{id}/decisions')

/** Read the reasons for a no bid and for an override. */
export const reasonsQuery = getQuery('/api/assessment-reasons', {}, { staleTime: Infinity })

/** Read the draft once per opening of the form: a later answer never overwrites what is typed. */
export function draftQuery(id: string) {
  const options = { staleTime: Infinity, gcTime: 0 }
  return getQuery('/api/opportunities/{id}/assessment-draft', { path: { id } }, options)
}

export const versionsQuery = ofOpportunity('/api/opportunities/{id}/assessments', { page_size: 100 })

export function versionQuery(id: string, versionNo: number) {
  return getQuery('/api/opportunities/{id}/assessments/{version_no}', { path: { id, version_no: versionNo } })
}

declare module './query' {
  interface CustomData {
    'scored version': VersionDetail | null
    'latest version': VersionDetail | null
  }
}

/** Read the newest such version, or null. One query: between two, LoadTogether would take the page for complete. */
function newestVersion(name: 'latest version' | 'scored version', isMeant: (version: Version) => boolean) {
  return (id: string) =>
    customQuery(name, ['opportunities', id], async ({ client }) => {
      const newest = (await client.fetchQuery(versionsQuery(id))).results.find(isMeant)
      return newest ? client.fetchQuery(versionQuery(id, newest.version_no)) : null
    })
}

export const latestVersionQuery = newestVersion('latest version', () => true)

/** Read the newest version that was submitted: a draft has no score. */
export const scoredVersionQuery = newestVersion('scored version', ({ submitted_at: at }) => at !== null)

/** Read the review comments of every version, with their replies. */
export const reviewThreadsQuery = ofOpportunity('/api/opportunities/{id}/review-threads')

export function comparisonQuery(id: string, older: number, newer: number) {
  return getQuery('/api/opportunities/{id}/assessments/compare', { path: { id }, query: { older, newer } })
}

export function usersQuery(query: QueryOf<'users_list'>) {
  return getQuery('/api/users', { query }, KEEP_SHOWN)
}

/** Read all figures in one request, so that they are of one moment. */
export function dashboardQuery(query: QueryOf<'dashboard_retrieve'>) {
  return getQuery('/api/dashboard', { query }, KEEP_SHOWN)
}

export const unreadQuery = getQuery('/api/notifications/unread', {}, { staleTime: 0 })

export function bellQuery(query: QueryOf<'notifications_retrieve'>) {
  return getQuery('/api/notifications', { query }, { ...KEEP_SHOWN, staleTime: 0 })
}

/** Read what the person is told, by which channel and when. */
export const switchesQuery = getQuery('/api/me/notifications', {})

export const calendarQuery = getQuery('/api/me/calendar', {})

export const absencesQuery = getQuery('/api/me/absences', {})

const MOST_VIEWS = 500

export const viewsQuery = getQuery('/api/saved-views', { query: { page_size: MOST_VIEWS } }, {
  select: ({ results }): SavedView[] => results.toSorted((one, other) => one.position - other.position),
  staleTime: 5 * MINUTE_MS,
})

export const syncStatusQuery = getQuery('/api/sync-status', {}, { staleTime: 0 })

export const syncProgressQuery = getQuery('/api/sync-progress', {}, { staleTime: 0 })

const RUNS_A_PAGE = 20

export function syncHistoryQuery(page: number) {
  return getQuery('/api/sync-history', { query: { page, page_size: RUNS_A_PAGE } }, {
    select: ({ results, count }) => ({ runs: results, pages: Math.ceil(count / RUNS_A_PAGE) }),
    placeholderData: keepPreviousData,
  })
}

export function syncRunQuery(id: string) {
  return getQuery('/api/sync-history/{id}', { path: { id } })
}

/** Read the opportunities that a run brought or changed. */
export function runChangePagesQuery(id: string, only: { kind?: ChangeKind; field?: string; practice?: string }) {
  const query = Object.fromEntries(Object.entries(only).flatMap(([name, value]) => (value ? [[name, [value]]] : [])))
  return pagesQuery('/api/sync-history/{id}/changes', { path: { id }, query })
}
