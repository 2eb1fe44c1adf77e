/** What was typed and the server has not confirmed, kept on this computer for the person who typed it. */

import { forget, readStored, store, storedKeys } from '@/lib/storage'
import { isUnsaved, met, opened, type Draft, type Theirs } from './draft'
import type { Values } from './values'

const KIND = 'personal:draft'
// What begins with personal: is deleted at sign-out.
const KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000

export interface LocalCopy {
  lockVersion: number
  edits: Values
  /** What the server had where something else was typed. */
  was: Values
  at: number
}

export function copyKey(userId: string, opportunityId: string): string {
  return `${KIND}:${userId}:${opportunityId}`
}

/** Whether the words are safe; a confirmed draft needs no copy. */
export function keepCopy(key: string, draft: Draft, now: number): boolean {
  if (!isUnsaved(draft)) {
    forget(key)
    return true
  }
  const edits = { ...draft.sending, ...draft.edits }
  const was = Object.fromEntries(Object.keys(edits).map((field) => [field, draft.base[field] ?? '']))
  return store(key, { lockVersion: draft.lockVersion, edits, was, at: now } satisfies LocalCopy)
}

export function readCopy(key: string): LocalCopy | null {
  return readStored<LocalCopy>(key)
}

/** The draft as it was left; what others saved since is met as in a save. */
export function restored(copy: LocalCopy, theirs: Theirs): Draft {
  const left = opened({ ...theirs.values, ...copy.was }, copy.lockVersion)
  return met({ ...left, edits: copy.edits }, theirs)
}

export function forgetOldCopies(now: number): void {
  for (const key of storedKeys(`${KIND}:`)) {
    if (now - (readCopy(key)?.at ?? 0) > KEPT_FOR_MS) forget(key)
  }
}
