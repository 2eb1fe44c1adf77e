/** The inputs of an action: which fields it asks for, and what of them is sent. */

import type { AskedAction, AskedName } from '@/api/types'

export type ActionInputs = Record<string, unknown>

export interface NamedCondition {
  text: string
  owner: string
  due_on: string
}

export const NO_CONDITION: NamedCondition = { text: '', owner: '', due_on: '' }

/** List the fields in the server's order, the required ones first. */
export function fieldsOf({ asks, may_ask: optional }: AskedAction): { name: AskedName; isRequired: boolean }[] {
  return [
    ...asks.map((name) => ({ name, isRequired: true })),
    ...optional.filter((name) => !asks.includes(name)).map((name) => ({ name, isRequired: false })),
  ]
}

/** Keep what this action takes; a blank comment on a criterion is left out. */
export function bodyOf({ action, ...asked }: AskedAction & { action?: string }, inputs: ActionInputs): ActionInputs {
  const all: ActionInputs = asked.asks.includes('conditions') ? { conditions: [NO_CONDITION], ...inputs } : inputs
  const taken = fieldsOf(asked).flatMap(({ name }) => (name in all ? [[name, all[name]]] : []))
  if (action !== 'RETURN') return Object.fromEntries(taken)
  const comments = Object.entries((inputs.review_comments ?? {}) as Record<string, string>)
  const written = comments.filter(([, text]) => text.trim() !== '')
  return { ...Object.fromEntries(taken), review_comments: Object.fromEntries(written) }
}
