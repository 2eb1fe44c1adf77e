import { getQuery, keysOf } from '@/api/query'

/** Whatever shows opportunities begins with `all`, so that one call makes it fresh. */
export const opportunityKeys = {
  all: keysOf('opportunities'),
  detail: (id: string) => keysOf('opportunities', id),
}

const MOST_FOUND = 8

/** By parts of number, name, customer, owner or SA, as the list searches. */
export function foundQuery(search: string) {
  return getQuery('/api/opportunities', { query: { search, page_size: MOST_FOUND } })
}

export function opportunityQuery(id: string) {
  return getQuery('/api/opportunities/{id}', { path: { id } })
}

/** What there is to choose from, and the server's words for it. */
export const choicesQuery = getQuery('/api/opportunities/choices', {}, { staleTime: 5 * 60_000 })

/** Why something is declined, or decided against its score. */
export const reasonsQuery = getQuery('/api/assessment-reasons', {}, { staleTime: Infinity })
