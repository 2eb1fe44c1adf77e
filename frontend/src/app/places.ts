import { common } from '@/strings/common'

export const PLACES = [
  { to: '/', label: common.dashboard },
  { to: '/inbox', label: common.inbox },
  { to: '/syncs', label: common.syncs },
] as const
