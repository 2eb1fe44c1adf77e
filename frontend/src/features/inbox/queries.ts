import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { operations } from '@/api/schema'
import { opportunityKeys } from '@/entities/opportunity/queries'
import { type InboxSearch, toQuery } from './search'

export const ROWS_A_PAGE = 50
export const MOST_SELECTED = 500

type ListQuery = operations['opportunities_list']['parameters']['query']
type TabsQuery = operations['opportunities_tabs_list']['parameters']['query']

export function listQuery(search: InboxSearch) {
  // The server refuses what it does not know, in words that the list shows.
  const query = { ...toQuery(search), page: search.page, page_size: ROWS_A_PAGE } as ListQuery
  return queryOptions({
    queryKey: [...opportunityKeys.all, 'list', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/opportunities', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 120_000,
  })
}

/** The first rows that match, for a selection of them all. */
export function matchingQuery(search: InboxSearch) {
  const query = { ...toQuery(search), page_size: MOST_SELECTED } as ListQuery
  return queryOptions({
    queryKey: [...opportunityKeys.all, 'matching', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/opportunities', { params: { query }, signal })),
  })
}

/** Of every tab for the same filters. */
export function tabsQuery(search: InboxSearch) {
  const query = toQuery({ ...search, tab: '', ordering: '', group: '' }) as TabsQuery
  return queryOptions({
    queryKey: [...opportunityKeys.all, 'tabs', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/opportunities/tabs', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 120_000,
  })
}

/** Of all that match, per currency. */
export function sumsQuery(search: InboxSearch) {
  const query = toQuery({ ...search, ordering: '', group: '' }) as TabsQuery
  return queryOptions({
    queryKey: [...opportunityKeys.all, 'sums', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/opportunities/sums', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function changesQuery(id: string) {
  const params = { path: { id: id }, query: { page_size: 10 } }
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'changes'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/opportunities/{id}/changes', { params, signal })),
  })
}
