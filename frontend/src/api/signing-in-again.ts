/** The meeting point of requests that were refused for their session and the person whose page it is. */

import type { Me } from './types'

/** Why the requests of this page wait. */
export type SessionTrouble = { kind: 'ended' } | { kind: 'another'; name: string }

let owner: Me | null = null
let trouble: SessionTrouble | null = null
const waiting: (() => void)[] = []
const listeners = new Set<() => void>()

/** What is on the page, and what is typed there, is theirs until it is loaded anew. */
export function ownerOfPage(): Me | null {
  return owner
}

export function pageBelongsTo(person: Me | null): void {
  owner = person
}

/** What the server said of the session: its owner's page goes on, that of another does not. */
export function heardOfSession(person: Me | null): void {
  if (owner !== null && person?.id === owner.id) return signedInAgain()
  tell(person ? { kind: 'another', name: person.name } : { kind: 'ended' })
}

/** Fulfilled as soon as the owner of the page is signed in. */
export function ownerSignedIn(person: Me | null): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    heardOfSession(person)
  })
}

export function signedInAgain(): void {
  for (const goOn of waiting.splice(0)) goOn()
  tell(null)
}

export function sessionTrouble(): SessionTrouble | null {
  return trouble
}

export function isSignInNeeded(): boolean {
  return trouble !== null
}

export function onSignInNeeded(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(heard: SessionTrouble | null): void {
  trouble = heard
  for (const listener of listeners) listener()
}
