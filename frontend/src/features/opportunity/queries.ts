import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { opportunityKeys } from '@/entities/opportunity/queries'

const PAGE_SIZE = 50

/** What people did, newest first, page after page. */
export function eventsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...opportunityKeys.detail(id), 'events'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/events', {
          params: { path: { id }, query: { page: pageParam, page_size: PAGE_SIZE } },
          signal,
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (last.next ? pages.length + 1 : null),
  })
}

/** What the CRM changed, newest first, page after page. */
export function changesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...opportunityKeys.detail(id), 'changes'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/changes', {
          params: { path: { id }, query: { page: pageParam, page_size: PAGE_SIZE } },
          signal,
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (last.next ? pages.length + 1 : null),
  })
}

export function decisionsQuery(id: string) {
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'decisions'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/decisions', {
          params: { path: { id } },
          signal,
        }),
      ),
  })
}

export const reasonsQuery = queryOptions({
  queryKey: ['assessment-reasons'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/assessment-reasons', { signal })),
  staleTime: Infinity,
})

const COMMENTS_SHOWN = 10

/** The latest; all of them are in the timeline. */
export function commentsQuery(id: string) {
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'events', 'comments'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/events', {
          params: { path: { id }, query: { action: ['COMMENT'], page_size: COMMENTS_SHOWN } },
          signal,
        }),
      ),
  })
}

export function latestReturnQuery(id: string) {
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'events', 'latest return'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/events', {
          params: { path: { id }, query: { action: ['RETURN'], page_size: 1 } },
          signal,
        }),
      ),
  })
}

/** Of the list as it was filtered and sorted; what only the list's own page knows is left out. */
export function neighboursQuery(id: string, from: string) {
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'neighbours', from],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/neighbours', {
          params: { path: { id }, query: listFilter(from) },
          signal,
        }),
      ),
  })
}

function listFilter(from: string): Record<string, string[] | string> {
  const found: Record<string, string[] | string> = {}
  const parameters = new URLSearchParams(from)
  for (const name of ['page', 'view', 'row']) parameters.delete(name)
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name)
    found[name] = values.length > 1 ? values : (values[0] ?? '')
  }
  return found
}
