import { useSyncExternalStore } from 'react'
import { isSignInNeeded, onSignInNeeded, signedInAgain } from '@/api/signing-in-again'
import { common } from '@/strings/common'
import { Dialog } from '@/ui/Dialog'
import { useMe } from './session'
import { SignInForm } from './SignInForm'
import { strings } from './strings'

/** Over the page, which stays as it is; the requests that wait go on after it. */
export function SignInAgainDialog() {
  const isOpen = useSyncExternalStore(onSignInNeeded, isSignInNeeded)
  const me = useMe()
  return (
    <Dialog
      title={strings.again}
      isOpen={isOpen}
      onClose={() => {}}
      closeLabel={common.close}
      size="small"
      isInsistent
    >
      <p>{strings.againWhy}</p>
      <SignInForm username={me.username} onSignedIn={signedInAgain} />
    </Dialog>
  )
}
