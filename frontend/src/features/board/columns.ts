/** What the board shows of each state, and where a card may go. Pure. */

import type { AvailableAction, Opportunity, WorkflowStatus } from '@/api/types'
import type { Catalogue } from '@/entities/opportunity/catalogue'

export const CARDS_A_COLUMN = 20

type State = Catalogue['states'][number]

export interface Column {
  state: State
  count: number
  rows: Opportunity[]
  /** Only its name and count are in sight. */
  isFolded: boolean
}

/** List the states that the search leaves: those asked for, those of the tab, else all. */
export function statesOf(states: State[], query: Record<string, string | string[]>): State[] {
  const asked = [query.workflow_status ?? []].flat()
  if (asked.length > 0) return states.filter(({ value }) => asked.includes(value))
  const ofTab = states.filter(({ tab }) => tab === query.tab)
  return ofTab.length > 0 ? ofTab : states
}

/** Fold what has no work in it, and what is closed, until a person unfolds it. */
export function columnsOf(
  states: State[],
  answers: ({ count: number; results: Opportunity[] } | undefined)[],
  isClosedOpen: boolean,
): Column[] {
  return states.map((state, place) => {
    const { count = 0, results: rows = [] } = answers[place] ?? {}
    const isOpen = !isClosed(state) || isClosedOpen || states.length === 1
    return { state, count, rows, isFolded: count === 0 || !isOpen }
  })
}

export function isClosed({ tab }: State): boolean {
  return tab === 'closed'
}

export type Move = { actions: AvailableAction[] } | { refusal: string | null }

interface Movable {
  workflow_status: WorkflowStatus
  allowed_actions: readonly AvailableAction[]
}

/** Find the actions that lead to a state, or why none does; null where no rule says it. */
export function moveTo({ allowed_actions: offers }: Movable, target: WorkflowStatus): Move {
  const leading = offers.filter((offer) => offer.target === target)
  const actions = leading.filter(({ is_allowed: isAllowed }) => isAllowed)
  return actions.length > 0 ? { actions } : { refusal: leading[0]?.refusal ?? null }
}
