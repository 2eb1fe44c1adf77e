import { common } from '@/strings/common'

export const NAV_ITEMS = [
  { to: '/', label: common.dashboard },
  { to: '/inbox', label: common.inbox },
  { to: '/syncs', label: common.syncs },
] as const
