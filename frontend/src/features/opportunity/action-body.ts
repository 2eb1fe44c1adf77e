import type { ActionOffer } from '@/api/types'
import type { Said } from './actions'

export interface NamedCondition {
  text: string
  owner: string
  due_on: string
}

export const NO_CONDITION: NamedCondition = { text: '', owner: '', due_on: '' }

/** What of the words goes with this action; a blank comment on a criterion is none. */
export function bodyOf({ action, asks, may_ask: mayAsk }: ActionOffer, said: Said): Said {
  const all: Said = asks.includes('conditions') ? { conditions: [NO_CONDITION], ...said } : said
  const asked = [...asks, ...mayAsk].filter((name) => name in all).map((name) => [name, all[name]])
  if (action !== 'RETURN') return Object.fromEntries(asked)
  const comments = Object.entries((said.review_comments ?? {}) as Record<string, string>)
  const written = comments.filter(([, text]) => text.trim() !== '')
  return { ...Object.fromEntries(asked), review_comments: Object.fromEntries(written) }
}
