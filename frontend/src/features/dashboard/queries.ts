import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { operations } from '@/api/schema'
import { opportunityKeys } from '@/entities/opportunity/queries'
import { type DashboardFilter, queryOf, type RowFilter } from './filter'

type ListQuery = operations['opportunities_list']['parameters']['query']

/** All figures in one request: they are of one moment. */
export function dashboardQuery(filter: DashboardFilter) {
  return queryOptions({
    queryKey: ['dashboard', filter],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/dashboard', { params: { query: queryOf(filter) }, signal })),
    placeholderData: keepPreviousData,
  })
}

export const choicesQuery = queryOptions({
  queryKey: ['dashboard-choices'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/opportunities/choices', { signal })),
  staleTime: 5 * 60 * 1000,
})

const ROWS_SHOWN = 6

export function rowsQuery(filter: RowFilter, ordering: string) {
  const query = { ...filter, ordering: [ordering], page_size: ROWS_SHOWN } as unknown as ListQuery
  return queryOptions({
    queryKey: [...opportunityKeys.all, 'of the dashboard', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/opportunities', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}
