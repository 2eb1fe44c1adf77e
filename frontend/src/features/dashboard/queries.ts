import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { type DashboardFilter, queryOf } from './filter'

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
