import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './search-params'

test('texts that look like numbers stay texts', () => {
  expect(parseSearch('?q=662E41&row=300000000000001234')).toEqual({
    q: '662E41',
    row: '300000000000001234',
  })
})

test('a key that is repeated is a list, and is written as it was read', () => {
  const search = parseSearch('?geo=EMEA&geo=APAC&page=2')
  expect(search).toEqual({ geo: ['EMEA', 'APAC'], page: '2' })
  expect(stringifySearch(search)).toBe('?geo=EMEA&geo=APAC&page=2')
})

test('what is empty is left out of the address', () => {
  expect(stringifySearch({ q: '', geo: [], page: undefined })).toBe('')
})
