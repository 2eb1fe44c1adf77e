import { CircleUserRound, Gauge, Inbox } from 'lucide-react'
import { common } from '@/strings/common'

/** The pages of the navigation; those with an icon are in a phone's tab bar, too. */
export const NAV_ITEMS = [
  { to: '/', label: common.forYou, icon: CircleUserRound },
  { to: '/inbox', label: common.inbox, icon: Inbox },
  { to: '/dashboard', label: common.dashboard, icon: Gauge },
  { to: '/syncs', label: common.syncs, icon: null },
] as const

/** Reached from the account's menu, and from a phone's tab bar. */
export const PROFILE = { to: '/profile', label: common.profile } as const
