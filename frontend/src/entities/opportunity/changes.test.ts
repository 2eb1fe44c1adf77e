import { expect, test } from 'vitest'
import { changesInWords, currencyAt, valueInWords } from './changes'

const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')
const words = (field: string, value: unknown) => spaced(valueInWords(field, value, 'EUR'))

test('a value is told as people write it, not as it is kept', () => {
  expect(words('deal_value', '4082000.00')).toBe('EUR 4,082,000')
  expect(words('win_probability', '65.00')).toBe('65%')
  expect(words('close_date', '2027-05-14')).toBe('14 May 2027')
  expect(words('extra.Kickoff_c', '2027-05-14T09:30:00Z')).toBe('14 May 2027, 09:30')
  expect(words('status_before_hold', 'IN_REVIEW')).toBe('In review')
  expect(words('decision', 'NO_BID')).toBe('No bid')
  expect(words('is_unscored_decision', true)).toBe('Yes')
  expect(words('competitors', [{ name: 'Acme', strength: 'price', weakness: '' }])).toBe('Acme, price')
  expect(words('stage', 'Stage 2')).toBe('Stage 2')
  expect(words('customer', null)).toBe('—')
})

test('where the currency moved as well, each amount has its own', () => {
  const changes = [
    { field: 'deal_value', old: '100.00', new: '120.00' },
    { field: 'currency', old: 'GBP', new: 'EUR' },
  ]
  const [value] = changesInWords(changes, 'EUR')
  expect([value?.old, value?.now].map((text) => spaced(text ?? ''))).toEqual(['GBP 100', 'EUR 120'])
})

test('an amount of before a change of currency is in the former one', () => {
  const changes = [
    { field: 'currency', old: 'USD', at: '2027-03-01' },
    { field: 'currency', old: 'GBP', at: '2027-02-01' },
  ]
  const at = ['2027-01-15', '2027-02-15', '2027-03-15'].map((day) => currencyAt(day, changes, 'EUR'))
  expect(at).toEqual(['GBP', 'USD', 'EUR'])
})
