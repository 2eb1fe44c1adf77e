import { expect, it } from 'vitest'
import { flowFinding, loadFinding, qualityFinding } from './findings'
import type { DashboardFigures } from './types'

function figures(some: object): DashboardFigures {
  return { funnel: [], decisions: [], pipeline: [], win_rate: [], load: { people: [], limit: 8 }, ...some } as unknown as DashboardFigures
}

const month = (count: number, overrides = 0, unscored = 0) => ({
  count,
  overrides: { count: overrides },
  unscored: { count: unscored },
})

it('says what came in, what was decided, and where most of the work waits', () => {
  const pipeline = [
    { name: 'NEW', label: 'New', count: 3 },
    { name: 'IN_REVIEW', label: 'In review', count: 5 },
    { name: 'APPROVED', label: 'Bid', count: 90 },
  ]
  const found = flowFinding(figures({ funnel: [{ count: 20 }], decisions: [month(4), month(2)], pipeline }))
  expect(found).toBe('In this period, 20 came in and 6 were decided. The busiest state is “In review”, with 5.')
})

it('names nothing that waits where nothing does', () => {
  expect(flowFinding(figures({}))).toBe('In this period, 0 came in and 0 were decided.')
})

it('says how many are over the limit, and who has most', () => {
  const people = [{ label: 'Sam', count: 12 }, { label: 'Ada', count: 2 }]
  expect(loadFinding(figures({ load: { people, limit: 8 } }))).toBe(
    '1 of 2 SAs is over the full workload of 8. Sam has the most, with 12.',
  )
  expect(loadFinding(figures({ load: { people, limit: 20 } }))).toMatch(/^No SA is over the full workload of 20\./)
  expect(loadFinding(figures({}))).toBe('No SA has open work.')
})

it('says nothing of a win rate from too few', () => {
  const win_rate = [{ name: 'HIGH', percent: null }, { name: 'MEDIUM', percent: '60.0' }]
  expect(qualityFinding(figures({ win_rate, decisions: [month(5, 1, 2)] }))).toBe(
    'We won 60% of bids in the MEDIUM band. 1 of 3 scored decisions went against the score.',
  )
  expect(qualityFinding(figures({}))).toBe('Too few bids have closed to show a win rate.')
})
