import { CircleUser } from 'lucide-react'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import { useMe } from './session'
import { useSignOut } from './SignOut'

export function AccountMenu() {
  const me = useMe()
  const signOut = useSignOut()
  const entries = [
    { id: 'who', label: me.name, description: me.roles.join(', '), isDisabled: true },
    ...(me.rights.use_admin ? [{ id: 'admin', label: common.admin }] : []),
    { id: 'sign-out', label: common.signOut },
  ]
  return (
    <Menu
      label={common.account}
      trigger={
        <Button kind="quiet" isIconOnly aria-label={`${common.account}: ${me.name}`}>
          <CircleUser size={18} aria-hidden />
        </Button>
      }
      entries={entries}
      onAction={(id) => (id === 'admin' ? location.assign('/admin/') : signOut())}
    />
  )
}
