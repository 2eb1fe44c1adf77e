import { useQuery } from '@tanstack/react-query'
import { getQuery } from '@/api/query'

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

/** Null where nothing was assessed. */
export function useLatestVersion(id: string, isAsked = true) {
  const versions = useQuery({ ...versionsQuery(id), enabled: isAsked })
  const latest = versions.data?.results[0]
  const version = useQuery({
    ...versionQuery(id, latest?.version_no ?? 0),
    enabled: isAsked && latest !== undefined,
  })
  return {
    version: versions.data && !latest ? null : version.data,
    error: versions.error ?? version.error,
  }
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
