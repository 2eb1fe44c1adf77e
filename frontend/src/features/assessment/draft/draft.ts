/** What becomes of typed words until the server has them. Pure: no timer, no request, no storage.

Shown is `base` under `sending` under `edits`. What the server says never goes over what was typed. */

import { readDecimal } from '@/lib/decimal'
import { isSame, type Value, type Values } from './values'

const LONGEST_WAIT_S = 30

/** The same field written by two people; `mine` stays in the edits until one of them is chosen. */
export interface Conflict {
  theirs: Value
  by: string
}

type Halt =
  | { kind: 'offline'; tries: number; retryAt: number }
  /** The server takes no answers any more: submitted, reassigned, closed. */
  | { kind: 'closed'; sentence: string }

export interface Draft {
  base: Values
  lockVersion: number
  /** Typed, and not yet on its way. */
  edits: Values
  /** On its way. */
  sending: Values | null
  conflicts: Record<string, Conflict>
  /** Refused by the server, with its sentence; kept back until typed anew. */
  refused: Record<string, string>
  halt: Halt | null
  savedAt: number | null
  /** Who changed other fields meanwhile, to be told once. */
  merged: Merge | null
}

export interface Merge {
  by: string
  count: number
}

/** What the server has now, as a 409 or a fresh reading tells it. */
export interface Theirs {
  values: Values
  lockVersion: number
  /** By field. */
  authors: Record<string, string>
}

export type Choice = 'mine' | 'theirs' | 'both'

export function opened(values: Values, lockVersion: number): Draft {
  return {
    base: values,
    lockVersion,
    edits: {},
    sending: null,
    conflicts: {},
    refused: {},
    halt: null,
    savedAt: null,
    merged: null,
  }
}

export function shown(draft: Draft): Values {
  return { ...draft.base, ...draft.sending, ...draft.edits }
}

/** Record an edit; back at the saved value it is none, unless another value is being sent. */
export function typed(draft: Draft, field: string, value: Value): Draft {
  const under = draft.sending?.[field] ?? draft.base[field]
  const edits = without(draft.edits, field)
  return {
    ...draft,
    edits: isSame(under, value) && !draft.conflicts[field] ? edits : { ...edits, [field]: value },
    refused: without(draft.refused, field),
  }
}

/** Return what the next save sends: nothing refused, and nothing that two people wrote. */
export function sendable(draft: Draft): Values {
  const held = { ...draft.conflicts, ...draft.refused }
  return Object.fromEntries(Object.entries(draft.edits).filter(([field]) => !(field in held)))
}

export function mayBeSent(draft: Draft): boolean {
  const isHalted = draft.halt?.kind === 'closed'
  return draft.sending === null && !isHalted && Object.keys(sendable(draft)).length > 0
}

export function isUnsaved(draft: Draft): boolean {
  return draft.sending !== null || Object.keys(draft.edits).length > 0
}

export function sent(draft: Draft): Draft {
  const sending = sendable(draft)
  return { ...draft, sending, edits: without(draft.edits, ...Object.keys(sending)) }
}

/** Take the server's answer; texts stay as typed, even where the server writes 5 as 5.0. */
export function saved(draft: Draft, theirs: Theirs, at: number): Draft {
  return {
    ...draft,
    base: { ...theirs.values, ...draft.sending },
    lockVersion: theirs.lockVersion,
    sending: null,
    halt: null,
    savedAt: at,
  }
}

export function unsent(draft: Draft, halt: Halt | null = null): Draft {
  return { ...draft, edits: { ...draft.sending, ...draft.edits }, sending: null, halt }
}

/** Plan another try after 2, 4, 8 … 30 seconds, or when the server says. */
export function offline(draft: Draft, now: number, retryAfterS: number | null = null): Draft {
  const tries = draft.halt?.kind === 'offline' ? draft.halt.tries + 1 : 1
  const seconds = retryAfterS ?? Math.min(2 ** tries, LONGEST_WAIT_S)
  return unsent(draft, { kind: 'offline', tries, retryAt: now + 1000 * seconds })
}

/** Hold back refused values; the rest of the save goes again without them.
Where the server names none of what was sent, all of it waits, each field with what was said. */
export function refused(draft: Draft, sentences: Record<string, string>): Draft {
  const sentFields = Object.keys(draft.sending ?? {})
  const named = sentFields.filter((field) => field in sentences)
  const whole = Object.values(sentences).join(' ')
  const held = (named.length > 0 ? named : sentFields).map((field) => [field, sentences[field] ?? whole])
  return { ...unsent(draft), refused: { ...draft.refused, ...Object.fromEntries(held) } }
}

/** Rebase my edits on theirs; where both wrote, a person chooses. */
export function rebased(draft: Draft, theirs: Theirs): Draft {
  const mine = { ...draft.sending, ...draft.edits }
  const edits: Values = {}
  const conflicts: Record<string, Conflict> = {}
  for (const [field, value] of Object.entries(mine)) {
    const their = theirs.values[field] ?? ''
    if (isSameText(their, value)) continue
    edits[field] = value
    // The answer to a save may have been lost: then theirs is what was sent from here.
    const isOurs = [draft.base[field] ?? '', draft.sending?.[field]].some((each) =>
      isSameText(their, each),
    )
    if (!isOurs) conflicts[field] = { theirs: their, by: theirs.authors[field] ?? '' }
  }
  return {
    ...draft,
    base: theirs.values,
    lockVersion: theirs.lockVersion,
    edits,
    sending: null,
    conflicts,
    halt: null,
    merged: mergeOf(draft, theirs, mine),
  }
}

export function settled(draft: Draft, field: string, choice: Choice): Draft {
  const theirs = draft.conflicts[field]?.theirs ?? ''
  const mine = draft.edits[field] ?? ''
  const open = { ...draft, conflicts: without(draft.conflicts, field) }
  if (choice === 'theirs') return { ...open, edits: without(draft.edits, field) }
  return choice === 'mine' ? open : typed(open, field, `${String(theirs)}\n\n${String(mine)}`)
}

export function mergeDismissed(draft: Draft): Draft {
  return { ...draft, merged: null }
}

function mergeOf(draft: Draft, theirs: Theirs, mine: Values): Merge | null {
  const changed = Object.keys(theirs.values).filter(
    (field) => !(field in mine) && !isSame(theirs.values[field], draft.base[field]),
  )
  const by = [...new Set(changed.map((field) => theirs.authors[field]))].filter(Boolean).join(', ')
  return changed.length > 0 ? { by, count: changed.length } : draft.merged
}

/** Compare texts as the server does, which trims some and writes 12,5 as 12.5. */
function isSameText(one: Value, other: Value | undefined): boolean {
  if (typeof one === 'string' && typeof other === 'string') {
    return one.trim() === other.trim() || isSameNumber(one, other)
  }
  return other !== undefined && isSame(one, other)
}

function isSameNumber(one: string, other: string): boolean {
  const [first, second] = [readDecimal(one), readDecimal(other)]
  return 'number' in first && 'number' in second && Number(first.number) === Number(second.number)
}

function without<T>(record: Record<string, T>, ...fields: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)))
}
