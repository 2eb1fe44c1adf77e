import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ownerOfPage } from '@/api/signing-in-again'
import { forgetPersonal, hasUnsent } from '@/lib/storage'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { signOut, tellOtherTabs } from './session'
import { strings } from './strings'

let ask: () => void = () => {}

/** At once, or where words would be deleted with it, after a question. */
export function useSignOut(): () => void {
  const leave = useLeaving()
  return () => (hasUnsent(ownerOfPage()?.id ?? '') ? ask() : leave())
}

function useLeaving(): () => void {
  const { mutate } = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      forgetPersonal(ownerOfPage()?.id ?? '')
      tellOtherTabs()
      location.assign('/')
    },
  })
  return mutate
}

/** Once in the page; the menu and the palette, which ask, are closed by then. */
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
      closeLabel={common.close}
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
