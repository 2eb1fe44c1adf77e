/** The meeting point of requests that were answered 401 and the person who signs in again. */

const waiting: (() => void)[] = []
const listeners = new Set<() => void>()

/** Fulfilled when somebody has signed in again. */
export function signInAgain(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    tell()
  })
}

export function signedInAgain(): void {
  for (const goOn of waiting.splice(0)) goOn()
  tell()
}

export function isSignInNeeded(): boolean {
  return waiting.length > 0
}

export function onSignInNeeded(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(): void {
  for (const listener of listeners) listener()
}
