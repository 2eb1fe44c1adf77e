import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { opportunityKeys } from '@/entities/opportunity/queries'

/** Asked once for each opening of the form: what is typed on top of it is never overwritten by a later answer. */
export function draftQuery(id: string) {
  return queryOptions({
    queryKey: ['assessment-draft', id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/assessment-draft', {
          params: { path: { id } },
          signal,
        }),
      ),
    staleTime: Infinity,
    gcTime: 0,
  })
}

export function versionsQuery(id: string) {
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'versions'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/assessments', {
          params: { path: { id }, query: { page_size: 100 } },
          signal,
        }),
      ),
  })
}

export function versionQuery(id: string, versionNo: number) {
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'versions', versionNo],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/assessments/{version_no}', {
          params: { path: { id, version_no: versionNo } },
          signal,
        }),
      ),
  })
}

/** Null where nothing was assessed. */
export function latestVersionQuery(id: string) {
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'versions', 'latest'],
    queryFn: async ({ client }) => {
      const [latest] = (await client.fetchQuery(versionsQuery(id))).results
      return latest ? client.fetchQuery(versionQuery(id, latest.version_no)) : null
    },
  })
}

export function comparisonQuery(id: string, older: number, newer: number) {
  return queryOptions({
    queryKey: [...opportunityKeys.detail(id), 'comparison', older, newer],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities/{id}/assessments/compare', {
          params: { path: { id }, query: { older, newer } },
          signal,
        }),
      ),
  })
}

/** What else was qualified for them, the latest first. */
export function sameCustomerQuery(customer: string) {
  return queryOptions({
    queryKey: [...opportunityKeys.all, 'same customer', customer],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/opportunities', {
          params: {
            query: { customer: [customer], ordering: ['-status_entered_at'], page_size: 50 },
          },
          signal,
        }),
      ),
  })
}
