import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { components } from '@/api/schema'

export type Group = components['schemas']['BellGroup']

const mark = (body: components['schemas']['ReadOrder']) => unwrap(api.POST('/api/notifications/read', { body }))

/** Mark entries as read: those of a deal, some, or all. */
export function useMarkRead() {
  return useApiMutation(mark, { stale: ['bell'] }).mutate
}
