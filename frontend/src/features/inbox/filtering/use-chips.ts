import { useNamesOf } from '@/entities/person/people'
import { type Chip, chipsOf } from './chips'
import { groupsOf } from './any-of'
import type { InboxSearch } from './search'

/** Return the chips with people's names, also of those who left. */
export function useChips(search: InboxSearch): Chip[] {
  const all = [search, ...groupsOf(search)]
  const people = all.flatMap(({ filters }) => filters.assigned_sa ?? [])
  return chipsOf(search, useNamesOf(people))
}
