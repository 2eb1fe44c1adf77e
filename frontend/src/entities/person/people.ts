import { type QueryClient, useQuery } from '@tanstack/react-query'
import { usersQuery } from '@/api/queries'
import type { RolesEnum } from '@/api/schema'
import type { PersonLoad } from '@/api/types'
import { formatCount } from '@/lib/format'
import { strings } from './strings'

export type Role = RolesEnum

export const PEOPLE_SHOWN = 100

/** Read people with their workload; those beyond the first are found by name. */
export function peopleQuery(search: string, role?: Role) {
  const query = { page_size: PEOPLE_SHOWN, ...(search && { search }), ...(role && { role: [role] }) }
  return usersQuery(query)
}

/** Offer people with their workload. */
export function optionsOf(people: PersonLoad[]): { value: string; label: string }[] {
  return people.map(({ id, name, load }) => {
    const words = strings.load(formatCount(load.open), formatCount(load.overdue))
    return { value: id, label: `${name} (${words})` }
  })
}

/** Return names by id, also of people who left; none while they load. */
export function useNamesOf(ids: string[]): Record<string, string> {
  const id = [...new Set(ids)].filter((each) => /^\d+$/.test(each)).toSorted()
  const { data } = useQuery({ ...usersQuery({ id }), enabled: id.length > 0 })
  if (!data) return {}
  const known = data.results.map((person) => [person.id, markedName(person)])
  return Object.fromEntries([...id.map((each) => [each, strings.somebodyWhoLeft]), ...known])
}

/** Read the name of one. */
export async function nameOf(cache: QueryClient, id: string): Promise<string | undefined> {
  if (!id) return undefined
  const found = await cache.ensureQueryData(usersQuery({ id: [id] })).catch(() => null)
  return found?.results.map(markedName)[0]
}

/** Mark who left. */
function markedName({ name, is_active: isActive }: PersonLoad): string {
  return isActive ? name : strings.left(name)
}
