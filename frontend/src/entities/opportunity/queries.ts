import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'

/** Whatever shows opportunities begins with `all`, so that one call makes it fresh. */
export const opportunityKeys = {
  all: ['opportunities'] as const,
  detail: (id: string) => ['opportunities', 'detail', id] as const,
}

export function opportunityQuery(id: string) {
  return queryOptions({
    queryKey: opportunityKeys.detail(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/opportunities/{id}', { params: { path: { id } }, signal })),
  })
}
