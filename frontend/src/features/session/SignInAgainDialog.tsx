import { useSyncExternalStore } from 'react'
import { subscribeToSession, sessionProblem, resumeRequests } from '@/api/session-owner'
import { PREFIX } from '@/lib/prefix'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { useMe } from './session'
import { SignInForm } from './SignInForm'
import { strings } from './strings'

/** Ask to sign in again over the page; waiting requests go on afterwards. */
export function SignInAgainDialog() {
  const trouble = useSyncExternalStore(subscribeToSession, sessionProblem)
  const me = useMe()
  const other = trouble?.kind === 'another' ? trouble.name : null
  return (
    <Dialog
      title={other === null ? strings.again : strings.another(other)}
      isOpen={trouble !== null}
      onClose={() => {}}
      size="small"
      isInsistent
    >
      {other === null ? <p>{strings.againWhy}</p> : <Another name={other} owner={me.name} />}
      <SignInForm username={me.username} onSignedIn={resumeRequests} />
      <a href={`${PREFIX}/accounts/login/`} target="_blank" rel="noreferrer">
        {strings.otherWays}
      </a>
    </Dialog>
  )
}

/** Offer to reload the page for the person signed in now. */
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
