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
