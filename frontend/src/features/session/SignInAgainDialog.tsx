import { useSyncExternalStore } from 'react'
import { onSignInNeeded, sessionTrouble, signedInAgain } from '@/api/signing-in-again'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { useMe } from './session'
import { SignInForm } from './SignInForm'
import { strings } from './strings'

/** Over the page, which stays as it is; the requests that wait go on after it. */
export function SignInAgainDialog() {
  const trouble = useSyncExternalStore(onSignInNeeded, sessionTrouble)
  const me = useMe()
  const other = trouble?.kind === 'another' ? trouble.name : null
  return (
    <Dialog
      title={other === null ? strings.again : strings.another(other)}
      isOpen={trouble !== null}
      onClose={() => {}}
      closeLabel={common.close}
      size="small"
      isInsistent
    >
      {other === null ? <p>{strings.againWhy}</p> : <Another name={other} owner={me.name} />}
      <SignInForm username={me.username} onSignedIn={signedInAgain} />
    </Dialog>
  )
}

/** Loaded anew, the page is theirs: names, rights, and what was asked for before. */
function Another({ name, owner }: { name: string; owner: string }) {
  return (
    <>
      <p>{strings.anotherWhy(name, owner)}</p>
      <p>
        <Button kind="primary" onPress={() => location.reload()}>
          {strings.goOnAs(name)}
        </Button>
      </p>
      <p>{strings.orAgain(owner)}</p>
    </>
  )
}
