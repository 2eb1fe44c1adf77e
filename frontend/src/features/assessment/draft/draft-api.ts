/** The draft's way to the server, and what comes back in the draft's own terms. */

import { api, unwrap } from '@/api/client'
import { ApiError } from '@/api/problem'
import { StaleDraftError, UnreadableValuesError } from './autosave'
import type { Theirs } from './draft'
import type { Content, DraftAnswer, VersionDetail } from '../types'
import { answerOf, commentOf, replyOf, saveOf, unreadable, valuesOf, type Values } from './values'

/** A 409 of the draft; docs/openapi.yaml describes it in words. */
interface ConflictProblem {
  current: VersionDetail
  saves: { code: string; field: string; by: string }[]
}

/** Save these fields. Throws: StaleDraftError, UnreadableValuesError, ApiError, NoAnswerError. */
export async function saveDraft(
  id: string,
  content: Content,
  changed: Values,
  lockVersion: number,
  isLeaving: boolean,
): Promise<DraftAnswer> {
  const faults = unreadable(changed)
  if (Object.keys(faults).length > 0) throw new UnreadableValuesError(faults)
  const asked = api.PATCH('/api/opportunities/{id}/assessment-draft', {
    params: { path: { id } },
    body: saveOf(content, changed, lockVersion),
    keepalive: isLeaving,
  })
  return unwrap(asked).catch((error: unknown) => {
    throw staleDraftErrorOf(error) ?? error
  })
}

/** Return what was saved meanwhile, or null for another error. */
export function staleDraftErrorOf(error: unknown): StaleDraftError | null {
  if (!(error instanceof ApiError) || error.problem.code !== 'conflict') return null
  const { current, saves } = error.problem as unknown as ConflictProblem
  const theirs = theirsOf(current, current.lock_version)
  for (const { code, field, by } of saves) {
    if (code === '') theirs.authors[field] = by
  }
  return new StaleDraftError(theirs)
}

export function theirsOf(version: VersionDetail | null, lockVersion: number): Theirs {
  return { values: valuesOf(version), lockVersion, authors: authorsOf(version) }
}

function authorsOf(version: VersionDetail | null): Record<string, string> {
  const authors: Record<string, string> = {}
  for (const [code, { author }] of Object.entries(version?.answers ?? {})) {
    authors[answerOf(code)] = authors[commentOf(code)] = author.name
  }
  for (const [code, { author }] of Object.entries(version?.knockouts ?? {})) {
    authors[replyOf(code)] = authors[commentOf(code)] = author.name
  }
  return authors
}
