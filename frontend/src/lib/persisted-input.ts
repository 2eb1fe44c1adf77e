/** What a person typed and has not sent, kept on this computer by person and place. */

import { useRef, useState } from 'react'
import { now } from './clock'
import { forget, readStored, store, storedKeys } from './storage'

// What begins with personal: is deleted at sign-out.
const KIND = 'personal:text'
export const KEPT_MS = 30 * 24 * 60 * 60 * 1000

let person = ''

/** Read and keep texts for this person; delete those that are too old. */
export function setInputOwner(userId: string): void {
  person = userId
  for (const key of storedKeys(`${KIND}:`)) {
    if (now() - (readStored<Stored>(key)?.at ?? 0) > KEPT_MS) forget(key)
  }
}

interface Stored<T = unknown> {
  value: T
  at: number
}

export interface PersistedInput<T> {
  value: T
  write: (value: T | ((now: T) => T)) => void
  /** When it was typed, of what came back from an earlier time. */
  restoredAt: number | null
  discard: () => void
  /** What was typed since it was sent stays. */
  sent: (value: T) => void
}

/** Keep state through a closed dialog, another page, a reload and a crash. */
export function usePersistedInput<T>(place: string, empty: T): PersistedInput<T> {
  // Whoever signs in later in another window, these are the words of the one who began.
  const [key] = useState(() => `${KIND}:${person}:${place}`)
  const [kept] = useState(() => readStored<Stored<T>>(key))
  const [value, setValue] = useState(kept?.value ?? empty)
  const [restoredAt, setRestoredAt] = useState(kept?.at ?? null)
  const latest = useRef(value)

  function write(typed: T | ((now: T) => T)) {
    const next = typeof typed === 'function' ? (typed as (now: T) => T)(latest.current) : typed
    latest.current = next
    setValue(next)
    if (isSame(next, empty) || isNothing(next)) forget(key)
    else store(key, { value: next, at: now() } satisfies Stored<T>)
  }

  function discard() {
    write(empty)
    setRestoredAt(null)
  }

  return { value, write, restoredAt, discard, sent: (done) => isSame(done, latest.current) && discard() }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Tell whether all texts are blank and all boxes unticked, however deep. */
function isNothing(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isNothing)
  return !value
}
