/** What was typed and the server has not confirmed, kept on this computer for the person who typed it. */

import { forget, readStored, store, storedKeys } from '@/lib/storage'
import { isUnsaved, rebased, opened, type Draft, type Theirs } from './draft'
import type { Values } from './values'

const KIND = 'personal:draft'
// What begins with personal: is deleted at sign-out.
const KEPT_MS = 30 * 24 * 60 * 60 * 1000

interface LocalCopy {
  lockVersion: number
  edits: Values
  /** What the server had where something else was typed. */
  was: Values
  at: number
}

export function copyKey(userId: string, opportunityId: string): string {
  return `${KIND}:${userId}:${opportunityId}`
}

/** Keep a copy until the server has confirmed the draft; return whether the text is safe. */
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

/** Restore the draft as it was left, rebased on what others saved since. */
export function restored(copy: LocalCopy, theirs: Theirs): Draft {
  const before = opened({ ...theirs.values, ...copy.was }, copy.lockVersion)
  return rebased({ ...before, edits: copy.edits }, theirs)
}

export function forgetOldCopies(now: number): void {
  for (const key of storedKeys(`${KIND}:`)) {
    if (now - (readCopy(key)?.at ?? 0) > KEPT_MS) forget(key)
  }
}
