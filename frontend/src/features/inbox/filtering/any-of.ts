/** Groups of filters of which a row has to fit one; in the address each is a query string of its own. */

import { EMPTY_SEARCH, fromText, type InboxSearch, hasFilters, toText, withFilter } from './search'

export function groupsOf(search: InboxSearch): InboxSearch[] {
  return (search.filters.either ?? []).map(fromText)
}

/** Put the groups into the search; empty ones are left out. */
export function withGroups(search: InboxSearch, groups: InboxSearch[]): InboxSearch {
  return withFilter(search, 'either', groups.filter(hasFilters).map(toText))
}

/** Return the groups to edit: those there are, and at least two. */
export function groupsToEdit(search: InboxSearch): InboxSearch[] {
  const groups = groupsOf(search)
  return [...groups, ...Array.from({ length: Math.max(0, 2 - groups.length) }, () => EMPTY_SEARCH)]
}
