import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useApiMutation } from '@/api/mutation'
import { pageOwner } from '@/api/session-owner'
import { PREFIX } from '@/lib/prefix'
import { forgetPersonal, hasUnsent } from '@/lib/storage'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { signOut, tellOtherTabs } from './session'
import { strings } from './strings'

let ask: () => void = () => {}

/** Sign out, after a question where text would be deleted. */
export function useSignOut(): () => void {
  const leave = useLeaving()
  return () => (hasUnsent(pageOwner()?.id ?? '') ? ask() : leave())
}

function useLeaving(): () => void {
  const cache = useQueryClient()
  // What is on its way would be refused after it, and ask for a sign-in.
  const leave = async () => {
    await cache.cancelQueries()
    return signOut()
  }
  const { mutate } = useApiMutation(leave, {
    onSuccess: (place) => {
      forgetPersonal(pageOwner()?.id ?? '')
      tellOtherTabs()
      location.assign(place ?? `${PREFIX}/`)
    },
  })
  return mutate
}

/** Ask before unsent text is deleted. Stands once in the page: menu and palette are closed by then. */
export function SignOutDialog() {
  const leave = useLeaving()
  const [isAsked, setAsked] = useState(false)
  useEffect(() => {
    ask = () => setAsked(true)
  }, [])
  return (
    <Dialog
      title={strings.signOutTitle}
      isOpen={isAsked}
      onClose={() => setAsked(false)}
      size="small"
      buttons={
        <>
          <Button onPress={leave}>{strings.signOutAnyway}</Button>
          <Button kind="primary" onPress={() => setAsked(false)}>
            {strings.stay}
          </Button>
        </>
      }
    >
      <p>{strings.signOutWhy}</p>
    </Dialog>
  )
}
