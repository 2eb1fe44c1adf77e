import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

export type Role = components['schemas']['RolesEnum']

export const PEOPLE_SHOWN = 100

/** People with what lies on their desks; more than are shown are found by their names. */
export function peopleQuery(search: string, role?: Role) {
  const query = { page_size: PEOPLE_SHOWN, ...(search && { search }), ...(role && { role: [role] }) }
  return queryOptions({
    queryKey: ['people', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/users', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}
