import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getQuery } from '@/api/query'
import type { components } from '@/api/schema'
import { strings } from './strings'

export type Role = components['schemas']['RolesEnum']

export const PEOPLE_SHOWN = 100

/** People with what lies on their desks; more than are shown are found by their names. */
export function peopleQuery(search: string, role?: Role) {
  const query = { page_size: PEOPLE_SHOWN, ...(search && { search }), ...(role && { role: [role] }) }
  return getQuery('/api/users', { query }, { placeholderData: keepPreviousData })
}

/** Names by id, also of those who left; while they are on their way there are none. */
export function useNamesOf(ids: string[]): Record<string, string> {
  const id = [...new Set(ids)].filter((each) => /^\d+$/.test(each)).toSorted()
  const { data } = useQuery({ ...getQuery('/api/users', { query: { id } }), enabled: id.length > 0 })
  if (!data) return {}
  const known = data.results.map((person) => [
    person.id,
    person.is_active ? person.name : strings.left(person.name),
  ])
  return Object.fromEntries([...id.map((each) => [each, strings.somebodyWhoLeft]), ...known])
}
