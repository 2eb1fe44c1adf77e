/** The meeting point of requests that were refused for their session and the person whose page it is. */

import type { Me } from './types'

/** Why the requests of this page wait. */
type SessionProblem = { kind: 'ended' } | { kind: 'another'; name: string }

let owner: Me | null = null
let trouble: SessionProblem | null = null
const waiting: (() => void)[] = []
const listeners = new Set<() => void>()

/** Return the person the page belongs to until it is reloaded. */
export function pageOwner(): Me | null {
  return owner
}

export function setPageOwner(person: Me | null): void {
  owner = person
}

/** Compare the session with the page's owner: only the owner's page goes on. */
export function checkSessionOwner(person: Me | null): void {
  if (owner !== null && person?.id === owner.id) return resumeRequests()
  tell(person ? { kind: 'another', name: person.name } : { kind: 'ended' })
}

/** Wait until the owner of the page is signed in. */
export function waitForOwner(person: Me | null): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    checkSessionOwner(person)
  })
}

export function resumeRequests(): void {
  for (const goOn of waiting.splice(0)) goOn()
  tell(null)
}

export function sessionProblem(): SessionProblem | null {
  return trouble
}

export function isSignInNeeded(): boolean {
  return trouble !== null
}

export function subscribeToSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(problem: SessionProblem | null): void {
  trouble = problem
  for (const listener of listeners) listener()
}
