import { useQuery } from '@tanstack/react-query'
import { choicesQuery, reasonsQuery } from '@/api/queries'
import { useNamesOf } from '@/entities/person/people'
import { type Chip, chipsOf } from './chips'
import { groupsOf } from './any-of'
import type { InboxSearch } from './search'

/** Return the chips with the names of people, also of those who left, of reasons and of criteria. */
export function useChips(search: InboxSearch): Chip[] {
  const all = [search, ...groupsOf(search)]
  const people = all.flatMap(({ filters }) => filters.assigned_sa ?? [])
  const hasReasons = all.some(({ filters }) => filters.reason_code)
  const hasRated = all.some(({ filters }) => filters.rated)
  return chipsOf(search, { ...useReasons(hasReasons), ...useCriteria(hasRated), ...useNamesOf(people) })
}

function useReasons(enabled: boolean): Record<string, string> {
  const { data } = useQuery({ ...reasonsQuery, enabled })
  const reasons = data ? [...data.no_bid, ...data.override] : []
  return Object.fromEntries(reasons.map(({ code, label }) => [code, label]))
}

function useCriteria(enabled: boolean): Record<string, string> {
  const { data } = useQuery({ ...choicesQuery, enabled })
  return Object.fromEntries(data?.rated.map(({ name, label }) => [`rated ${name}`, label]) ?? [])
}
