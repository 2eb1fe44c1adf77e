import { expect, test } from 'vitest'
import type { AvailableAction, Opportunity } from '@/api/types'
import { columnsOf, moveTo, statesOf } from './columns'

const NEW = { value: 'NEW', label: 'New', tone: 'new', tab: 'unassigned', has_clock: true } as const
const REVIEW = { ...NEW, value: 'IN_REVIEW', label: 'In review', tab: 'in_review' } as const
const CLOSED = { ...NEW, value: 'CLOSED_IN_CRM', label: 'Closed in CRM', tab: 'closed' } as const
const ALL = [NEW, REVIEW, CLOSED]

const found = (count: number) => ({ count, results: [{ id: '7' } as Opportunity] })

function offer(more: Partial<AvailableAction>): AvailableAction {
  const path = 'actions/assign'
  return { action: 'ASSIGN', label: 'Assign', path, target: 'ASSIGNED', is_allowed: true, guard: '', refusal: '', asks: [], may_ask: [], ...more }
}

test('the board has the states that the search leaves', () => {
  expect(statesOf(ALL, {})).toEqual(ALL)
  expect(statesOf(ALL, { tab: 'my_queue' })).toEqual(ALL)
  expect(statesOf(ALL, { tab: 'in_review' })).toEqual([REVIEW])
  expect(statesOf(ALL, { tab: 'all', workflow_status: ['NEW', 'CLOSED_IN_CRM'] })).toEqual([NEW, CLOSED])
})

test('a column counts what its list has, and is folded without work and when closed', () => {
  const shown = (isClosedOpen: boolean) =>
    columnsOf(ALL, [found(31), { count: 0, results: [] }, found(4)], isClosedOpen).map(({ count, isFolded }) => [count, isFolded])
  expect(shown(false)).toEqual([[31, false], [0, true], [4, true]])
  expect(shown(true)).toEqual([[31, false], [0, true], [4, false]])
  expect(columnsOf([CLOSED], [found(4)], false)[0]?.isFolded).toBe(false)
})

test('a card goes where an allowed action leads, else the sentence of the refused one is known', () => {
  const claim = offer({ action: 'CLAIM' })
  const refused = offer({ action: 'HOLD', target: 'ON_HOLD', is_allowed: false, refusal: 'Not yours.' })
  const deal = { workflow_status: 'NEW', allowed_actions: [offer({}), claim, refused] } as const
  expect(moveTo(deal, 'ASSIGNED')).toEqual({ actions: [offer({}), claim] })
  expect(moveTo(deal, 'ON_HOLD')).toEqual({ refusal: 'Not yours.' })
  expect(moveTo(deal, 'APPROVED')).toEqual({ refusal: null })
})
