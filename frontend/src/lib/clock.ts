/** What time it is: the server's, since a computer's own clock may be wrong by a day, and nothing falls due by that. */

/** The server says whole seconds, and an answer takes its time: less than this says nothing. */
const NOTEWORTHY_MS = 5000

let ahead = 0
const listeners = new Set<() => void>()

export function now(): number {
  return Date.now() + ahead
}

/** Return how long ago this computer's own clock said so. */
export function passedSince(here: number): number {
  return Date.now() - here
}

/** Set the time from the Date header of an answer. */
export function setServerTime(date: string | null): void {
  const heard = date === null ? NaN : Date.parse(date) - Date.now()
  if (Number.isNaN(heard) || Math.abs(heard - ahead) < NOTEWORTHY_MS) return
  ahead = Math.abs(heard) < NOTEWORTHY_MS ? 0 : heard
  for (const listener of listeners) listener()
}

export function onClockSet(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
