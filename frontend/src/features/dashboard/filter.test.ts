import { expect, it } from 'vitest'
import { filterOf, queryOf } from './filter'

it('is read from the address, and what it does not know is left there', () => {
  expect(filterOf({ practice: 'Cloud', geo: '', page: '2' })).toEqual({ practice: 'Cloud' })
})

it('goes to the API as lists where several could be chosen', () => {
  expect(queryOf({ practice: 'Cloud', period_from: '2026-01-01' })).toEqual({
    practice: ['Cloud'],
    period_from: '2026-01-01',
  })
})
