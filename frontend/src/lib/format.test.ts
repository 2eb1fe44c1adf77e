import { expect, test } from 'vitest'
import { sumByCurrency } from './amounts'
import { formatDate, formatDuration, formatMoney, formatRelative } from './format'

test('money keeps every digit, and its currency', () => {
  expect(formatMoney('9007199254740993', 'EUR')).toMatch(/EUR.*9.007.199.254.740.993/)
  expect(formatMoney('12', 'ZZZZ')).toBe('ZZZZ 12')
  expect(formatMoney(null, 'EUR')).toBe('—')
})

test('a day is that day in every time zone', () => {
  expect(formatDate('2026-11-24')).toContain('24')
})

test('ages and durations are in words', () => {
  const now = Date.parse('2026-11-24T12:00:00Z')
  expect(formatRelative('2026-11-24T09:00:00Z', now)).toBe('3 hours ago')
  expect(formatRelative('2026-11-26T12:00:00Z', now)).toBe('in 2 days')
  expect(formatDuration(3840)).toBe('1 hr 4 mins')
  expect(formatDuration(0.8)).toBe('0.8 secs')
})

test('sums are exact, and one for each currency', () => {
  const amounts = [
    { currency: 'EUR', value: '0.10' },
    { currency: 'EUR', value: '0.20' },
    { currency: 'USD', value: '-5' },
    { currency: 'USD', value: null },
  ]
  expect(sumByCurrency(amounts)).toEqual([
    { currency: 'EUR', value: '0.3000' },
    { currency: 'USD', value: '-5.0000' },
  ])
})
