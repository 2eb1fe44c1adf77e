import { keepPreviousData } from '@tanstack/react-query'
import { getQuery } from '@/api/query'
import type { components } from '@/api/schema'

export type Role = components['schemas']['RolesEnum']

export const PEOPLE_SHOWN = 100

/** People with what lies on their desks; more than are shown are found by their names. */
export function peopleQuery(search: string, role?: Role) {
  const query = { page_size: PEOPLE_SHOWN, ...(search && { search }), ...(role && { role: [role] }) }
  return getQuery('/api/users', { query }, { placeholderData: keepPreviousData })
}
