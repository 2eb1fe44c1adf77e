import { useQuery } from '@tanstack/react-query'
import { reasonsQuery } from '@/api/queries'
import { useNamesOf } from '@/entities/person/people'
import { type Chip, chipsOf } from './chips'
import { groupsOf } from './any-of'
import type { InboxSearch } from './search'

/** Return the chips with the names of people, also of those who left, and of reasons. */
export function useChips(search: InboxSearch): Chip[] {
  const all = [search, ...groupsOf(search)]
  const people = all.flatMap(({ filters }) => filters.assigned_sa ?? [])
  const hasReasons = all.some(({ filters }) => filters.reason_code)
  return chipsOf(search, { ...useReasons(hasReasons), ...useNamesOf(people) })
}

function useReasons(enabled: boolean): Record<string, string> {
  const { data } = useQuery({ ...reasonsQuery, enabled })
  const reasons = data ? [...data.no_bid, ...data.override] : []
  return Object.fromEntries(reasons.map(({ code, label }) => [code, label]))
}
