import { CircleUser } from 'lucide-react'
import { PREFIX } from '@/lib/prefix'
import { common } from '@/strings/common'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { useMe } from './session'
import { useSignOut } from './SignOut'

const PLACES: Record<string, string> = {
  profile: '/profile',
  admin: '/admin/',
  password: '/accounts/password/change/',
  sessions: '/accounts/sessions/',
  'second-factor': '/accounts/2fa/',
}

export function AccountMenu() {
  const me = useMe()
  const signOut = useSignOut()
  const entries = [
    { id: 'who', label: me.name, description: me.roles.join(', '), isDisabled: true },
    { id: 'profile', label: common.profile },
    ...(me.rights.use_admin ? [{ id: 'admin', label: common.admin }] : []),
    { id: 'password', label: common.password },
    { id: 'sessions', label: common.sessions },
    { id: 'second-factor', label: common.secondFactor },
    { id: 'sign-out', label: common.signOut },
  ]
  return (
    <Menu
      label={common.account}
      trigger={<IconButton icon={CircleUser} size={18} label={`${common.account}: ${me.name}`} />}
      entries={entries}
      onAction={(id) => (id in PLACES ? location.assign(PREFIX + PLACES[id]) : signOut())}
    />
  )
}
