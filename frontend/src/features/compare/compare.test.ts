import { beforeAll, expect, test } from 'vitest'
import type { Opportunity } from '@/api/types'
import { type Compared, readIds, row, scoreRows, workRows } from './compare'
import { strings } from './strings'

const NO_DATES = { bid_due_on: null, due_at: null, clock: 'NONE', decided_at: null }

function deal(more: object, version: object | null = null): Compared {
  const opportunity = { ...NO_DATES, workflow_status: 'NEW', assigned_sa: null, decision: 'NONE', ...more } as Opportunity
  return { opportunity, version: version as Compared['version'] }
}

function scored(codes: string[], answers: object) {
  const criteria = codes.map((code) => ({ code, name: `Name of ${code}` }))
  return { version_no: 2, submitted_at: null, score: '61.0', band: '', recommendation: 'BID', content: { groups: [{ criteria }] }, answers }
}

let rows: Record<string, string[]>
beforeAll(() => {
  const one = scored(['FIT', 'TEAM'], { FIT: { kind: 'RATED', rating: 4 }, TEAM: { kind: 'UNKNOWN' } })
  const other = scored(['FIT', 'PRICE'], { FIT: { kind: 'NA' }, PRICE: { kind: 'RATED', rating: 1 } })
  rows = Object.fromEntries(scoreRows([deal({}, one), deal({}, other), deal({})]).map(({ label, values }) => [label, values]))
})

test('an address names each deal once, and four at most', () => {
  expect(readIds(['7', '7', '8'])).toEqual({ ids: ['7', '8'], isCut: false })
  expect(readIds(['1', '2', '3', '4', '5'])).toEqual({ ids: ['1', '2', '3', '4'], isCut: true })
  expect(readIds('drop table')).toEqual({ ids: [], isCut: false })
  expect(readIds(undefined).ids).toEqual([])
})

test('a row is marked where its values differ', () => {
  expect(row('Practice', ['Data', 'Data']).isDifferent).toBe(false)
  expect(row('Practice', ['Data', 'Cloud', 'Data']).isDifferent).toBe(true)
  const [state, sa] = workRows([deal({}), deal({ assigned_sa: { name: 'Ada' } })])
  expect([state?.isDifferent, sa?.isDifferent, sa?.values]).toEqual([false, true, ['—', 'Ada']])
})

test('criteria of all versions stand together, and what one does not ask is a dash', () => {
  expect(rows['Name of FIT']).toEqual(['4', strings.notApplicable, '—'])
  expect(rows['Name of TEAM']).toEqual([strings.unknown, '—', '—'])
  expect(rows['Name of PRICE']).toEqual(['—', '1', '—'])
  expect(rows[strings.version]?.[2]).toBe(strings.noScore)
})
