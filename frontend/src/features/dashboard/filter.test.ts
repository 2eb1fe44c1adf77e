import { expect, it } from 'vitest'
import { filterOf, listFilterOf, queryOf } from './filter'

it('is read from the address, and what it does not know is left there', () => {
  expect(filterOf({ practice: 'Cloud', geo: '', page: '2' })).toEqual({ practice: 'Cloud' })
})

it('goes to the API as lists where several could be chosen', () => {
  expect(queryOf({ sector: 'Banking', period_from: '2026-01-01' })).toEqual({
    sector: ['Banking'],
    period_from: '2026-01-01',
  })
})

it('asks for amounts as they are where a currency is chosen, or each', () => {
  expect(queryOf({ currency: 'each' })).toEqual({ amounts: 'each' })
  expect(queryOf({ currency: 'USD' })).toEqual({ amounts: 'each', currency: ['USD'] })
  expect(listFilterOf({ currency: 'each' })).toEqual({})
})

it('goes on to the lists behind the figures, but for the period', () => {
  const filter = { practice: 'Cloud', sector: 'Banking', assigned_sa: 'me', period_from: '2026-01-01' }
  expect(listFilterOf(filter)).toEqual({
    practice: ['Cloud'],
    sector: ['Banking'],
    assigned_sa: ['me'],
  })
})
