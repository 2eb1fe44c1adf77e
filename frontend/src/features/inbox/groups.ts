/** Groups of filters of which a row has to fit one; in the address each is a query string of its own. */

import { EVERYTHING, fromText, type InboxSearch, isNarrowed, toText, withFilter } from './search'

/** As many as the server takes. */
export const MOST_GROUPS = 10

export function groupsOf(search: InboxSearch): InboxSearch[] {
  return (search.filters.either ?? []).map(fromText)
}

/** What narrows nothing is no alternative. */
export function withGroups(search: InboxSearch, groups: InboxSearch[]): InboxSearch {
  return withFilter(search, 'either', groups.filter(isNarrowed).map(toText))
}

/** To choose in: what there is, and at least two to choose between. */
export function groupsToEdit(search: InboxSearch): InboxSearch[] {
  const groups = groupsOf(search)
  return [...groups, ...Array.from({ length: Math.max(0, 2 - groups.length) }, () => EVERYTHING)]
}
