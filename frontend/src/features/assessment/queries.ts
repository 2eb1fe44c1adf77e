import { getQuery, ownQuery } from '@/api/query'
import type { components } from '@/api/schema'

type VersionDetail = components['schemas']['VersionDetail']

/** Asked once for each opening of the form: what is typed on top of it is never overwritten by a later answer. */
export function draftQuery(id: string) {
  const keptWhileOpen = { staleTime: Infinity, gcTime: 0 }
  return getQuery('/api/opportunities/{id}/assessment-draft', { path: { id } }, keptWhileOpen)
}

export function versionsQuery(id: string) {
  const asked = { path: { id }, query: { page_size: 100 } }
  return getQuery('/api/opportunities/{id}/assessments', asked)
}

export function versionQuery(id: string, versionNo: number) {
  const asked = { path: { id, version_no: versionNo } }
  return getQuery('/api/opportunities/{id}/assessments/{version_no}', asked)
}

declare module '@/api/query' {
  interface OwnShapes {
    'latest version': VersionDetail | null
  }
}

/** Null where nothing was assessed. One query: between two of them a page would take itself for complete. */
export function latestVersionQuery(id: string) {
  return ownQuery('latest version', ['opportunities', id], async ({ client }) => {
    const [latest] = (await client.fetchQuery(versionsQuery(id))).results
    return latest ? client.fetchQuery(versionQuery(id, latest.version_no)) : null
  })
}

export function comparisonQuery(id: string, older: number, newer: number) {
  const asked = { path: { id }, query: { older, newer } }
  return getQuery('/api/opportunities/{id}/assessments/compare', asked)
}

/** What else was qualified for them, the latest first. */
export function sameCustomerQuery(customer: string) {
  return getQuery('/api/opportunities', {
    query: { customer: [customer], ordering: ['-status_entered_at'], page_size: 50 },
  })
}
