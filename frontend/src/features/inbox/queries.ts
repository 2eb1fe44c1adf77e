import { keepPreviousData } from '@tanstack/react-query'
import { getQuery } from '@/api/query'
import type { operations } from '@/api/schema'
import { type InboxSearch, toQuery } from './search'

export const ROWS_A_PAGE = 50
export const MOST_SELECTED = 500

type ListQuery = operations['opportunities_list']['parameters']['query']
type TabsQuery = operations['opportunities_tabs_list']['parameters']['query']

const OF_THE_LIST = { placeholderData: keepPreviousData, refetchInterval: 120_000 }

export function listQuery(search: InboxSearch) {
  // The server refuses what it does not know, in words that the list shows.
  const query = { ...toQuery(search), page: search.page, page_size: ROWS_A_PAGE } as ListQuery
  return getQuery('/api/opportunities', { query }, OF_THE_LIST)
}

/** The first rows that match, for a selection of them all. */
export function matchingQuery(search: InboxSearch) {
  const query = { ...toQuery(search), page_size: MOST_SELECTED } as ListQuery
  return getQuery('/api/opportunities', { query })
}

/** Of every tab for the same filters. */
export function tabsQuery(search: InboxSearch) {
  const query = toQuery({ ...search, tab: '', ordering: '', group: '' }) as TabsQuery
  return getQuery('/api/opportunities/tabs', { query }, OF_THE_LIST)
}

/** Of all that match, per currency. */
export function sumsQuery(search: InboxSearch) {
  const query = toQuery({ ...search, ordering: '', group: '' }) as TabsQuery
  return getQuery('/api/opportunities/sums', { query }, { placeholderData: keepPreviousData })
}

export function changesQuery(id: string) {
  return getQuery('/api/opportunities/{id}/changes', { path: { id }, query: { page_size: 10 } })
}
