import { keepPreviousData } from '@tanstack/react-query'
import { getQuery } from '@/api/query'
import type { operations } from '@/api/schema'
import { type DashboardFilter, queryOf, type RowFilter } from './filter'

type ListQuery = operations['opportunities_list']['parameters']['query']

/** All figures in one request: they are of one moment. */
export function dashboardQuery(filter: DashboardFilter) {
  return getQuery('/api/dashboard', { query: queryOf(filter) }, { placeholderData: keepPreviousData })
}

const ROWS_SHOWN = 6

export function rowsQuery(filter: RowFilter, ordering: string) {
  const query = { ...filter, ordering: [ordering], page_size: ROWS_SHOWN } as unknown as ListQuery
  return getQuery('/api/opportunities', { query }, { placeholderData: keepPreviousData })
}
