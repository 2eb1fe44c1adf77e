import { formatCount } from '@/lib/format'
import { common } from '@/strings/common'

export const words = {
  title: common.notifications,
  open: (unread: number) => (unread === 0 ? common.notifications : `${common.notifications}, ${formatCount(unread)} unread`),
  all: 'All notifications',
  general: 'General',
  read: 'Mark as read',
  readAll: 'Mark all as read',
  unread: 'unread',
  by: (name: string) => `by ${name}`,
  older: 'Show more',
  others: (count: number) => `and ${count} earlier`,
  show: 'Show',
  filters: { all: 'All', unread: 'Unread', mentions: 'Mentions' },
  nothing: 'No notifications',
  nothingDetail: 'Updates on your deals appear here. Choose which in your profile.',
}
