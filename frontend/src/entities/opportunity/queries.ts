import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'

/** Whatever shows opportunities begins with `all`, so that one call makes it fresh. */
export const opportunityKeys = {
  all: ['opportunities'] as const,
  detail: (id: string) => ['opportunities', 'detail', id] as const,
}

const MOST_FOUND = 8

/** By parts of number, name, customer, owner or SA, as the list searches. */
export function foundQuery(search: string) {
  return queryOptions({
    queryKey: [...opportunityKeys.all, 'found', search],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities', { params: { query: { search, page_size: MOST_FOUND } }, signal }),
      ),
  })
}

export function opportunityQuery(id: string) {
  return queryOptions({
    queryKey: opportunityKeys.detail(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/opportunities/{id}', { params: { path: { id } }, signal })),
  })
}
