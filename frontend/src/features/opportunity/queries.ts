import { getQuery, pagesQuery } from '@/api/query'

/** What people did, newest first, page after page. */
export function eventsQuery(id: string) {
  return pagesQuery('/api/opportunities/{id}/events', { path: { id } })
}

/** What the CRM changed, newest first, page after page. */
export function changesQuery(id: string) {
  return pagesQuery('/api/opportunities/{id}/changes', { path: { id } })
}

export function decisionsQuery(id: string) {
  return getQuery('/api/opportunities/{id}/decisions', { path: { id } })
}

const COMMENTS_SHOWN = 10

/** The latest; all of them are in the timeline. */
export function commentsQuery(id: string) {
  const query = { action: ['COMMENT' as const], page_size: COMMENTS_SHOWN }
  return getQuery('/api/opportunities/{id}/events', { path: { id }, query })
}

export function latestReturnQuery(id: string) {
  const query = { action: ['RETURN' as const], page_size: 1 }
  return getQuery('/api/opportunities/{id}/events', { path: { id }, query })
}

/** Of the list as it was filtered and sorted; what only the list's own page knows is left out. */
export function neighboursQuery(id: string, from: string) {
  return getQuery('/api/opportunities/{id}/neighbours', { path: { id }, query: listFilter(from) })
}

function listFilter(from: string): Record<string, string[] | string> {
  const found: Record<string, string[] | string> = {}
  const parameters = new URLSearchParams(from)
  for (const name of ['page', 'view', 'row']) parameters.delete(name)
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name)
    found[name] = values.length > 1 ? values : (values[0] ?? '')
  }
  return found
}
