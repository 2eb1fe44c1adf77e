import { useNamesOf } from '@/entities/person/queries'
import { type Chip, chipsOf } from './chips'
import { groupsOf } from './groups'
import type { InboxSearch } from './search'

/** With the names of all people in it, those who left among them. */
export function useChips(search: InboxSearch): Chip[] {
  const people = [search, ...groupsOf(search)].flatMap(({ filters }) => filters.assigned_sa ?? [])
  return chipsOf(search, useNamesOf(people))
}
