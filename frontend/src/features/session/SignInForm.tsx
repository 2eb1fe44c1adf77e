import { type FormEvent, useState } from 'react'
import { ApiError, sentenceOf } from '@/api/problem'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import { placeToContinue, useSignIn } from './session'
import styles from './SignInForm.module.css'
import { strings } from './strings'

interface SignInFormProps {
  /** Who was signed in before, where it is to go on. */
  username?: string
  onSignedIn?: () => void
}

export function SignInForm({ username: known = '', onSignedIn }: SignInFormProps) {
  const [username, setUsername] = useState(known)
  const [password, setPassword] = useState('')
  const signIn = useSignIn(onSignedIn)

  function submit(event: FormEvent) {
    event.preventDefault()
    signIn.mutate({ username, password }, { onError: leaveForSecondFactor })
  }

  /** A page with something on it stays, and goes on when its tab is shown again. */
  function leaveForSecondFactor(error: unknown) {
    const place = placeToContinue(error)
    if (place && !known) location.assign(place)
  }

  const place = placeToContinue(signIn.error)
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={strings.username}
        name="username"
        autoComplete="username"
        autoFocus={!known}
        value={username}
        onChange={setUsername}
      />
      <TextField
        label={strings.password}
        name="password"
        type="password"
        autoComplete="current-password"
        autoFocus={Boolean(known)}
        value={password}
        onChange={setPassword}
      />
      {signIn.isError && (
        <p role="alert" className={styles.error}>
          {place ? strings.secondFactor : whyNot(signIn.error)}
        </p>
      )}
      {place && known && (
        <a href={place} target="_blank" rel="noreferrer">
          {strings.goOn}
        </a>
      )}
      <Button type="submit" kind="primary" isPending={signIn.isPending}>
        {strings.submit}
      </Button>
    </form>
  )
}

function whyNot(error: unknown): string {
  if (error instanceof ApiError && error.status === 429 && error.retryAfter) {
    return strings.tooMany(error.retryAfter)
  }
  return sentenceOf(error)
}
