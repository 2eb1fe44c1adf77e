/** The inputs of an action: which fields it asks for, what of them is sent, and what is missing. */

import type { AskedAction, AskedName } from '@/api/types'
import { strings } from './strings'

export type ActionInputs = Record<string, unknown>

export interface NamedCondition {
  text: string
  owner: string
  due_on: string
}

export const NO_CONDITION: NamedCondition = { text: '', owner: '', due_on: '' }

const DECLINING = ['DECIDE_NO_BID', 'QUICK_NO_BID', 'CONDITIONS_FAILED']

/** Tell whether the action ends in a no bid, which has reasons of its own. */
export function isDeclining(action: string): boolean {
  return DECLINING.includes(action)
}

/** List the fields in the server's order, the required ones first. */
export function fieldsOf({ asks, may_ask: optional }: AskedAction): { name: AskedName; isRequired: boolean }[] {
  return [
    ...asks.map((name) => ({ name, isRequired: true })),
    ...optional.filter((name) => !asks.includes(name)).map((name) => ({ name, isRequired: false })),
  ]
}

/** Require what is optional otherwise, as an override of the score does. */
export function allRequired({ asks, may_ask: optional }: AskedAction): AskedAction {
  return { asks: [...asks, ...optional], may_ask: [] }
}

/** Keep what this action takes, trimmed; blank fields and blank comments on criteria are left out. */
export function bodyOf(action: AskedAction, inputs: ActionInputs): ActionInputs {
  const all = { conditions: [NO_CONDITION], ...inputs }
  const names = [...fieldsOf(action).map(({ name }) => name), 'review_comments']
  const written = names.map((name) => [name, trimmed(all[name as keyof typeof all])] as const)
  return Object.fromEntries(written.filter(([, value]) => value !== ''))
}

/** Say of each required field that it is blank. */
export function missingOf(action: AskedAction, body: ActionInputs): Record<string, string> {
  const blank = fieldsOf(action).filter(({ name, isRequired }) => isRequired && !(name in body))
  return Object.fromEntries(blank.map(({ name }) => [name, strings.missing]))
}

function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return String(value ?? '').trim()
  const written = Object.entries(value).filter(([, text]) => String(text).trim() !== '')
  return written.length > 0 ? Object.fromEntries(written) : ''
}
