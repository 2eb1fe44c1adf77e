import { expect, test } from 'vitest'
import { sumByCurrency } from './amounts'
import { formatDate, formatDuration, formatMoney, formatMoneyShort, formatRelative } from './format'

test('money keeps every digit, and its currency', () => {
  expect(formatMoney('9007199254740993', 'EUR')).toMatch(/EUR.*9.007.199.254.740.993/)
  expect(formatMoney('12', 'ZZZZ')).toBe('ZZZZ 12')
  expect(formatMoney(null, 'EUR')).toBe('—')
})

test('an amount keeps the decimals of its currency, and none of a whole one', () => {
  expect(formatMoney('0.40', 'EUR')).toMatch(/^EUR\s0\.40$/)
  expect(formatMoney('1234.5', 'KWD')).toMatch(/^KWD\s1,234\.500$/)
  expect(formatMoney('1234.5670', 'KWD')).toMatch(/^KWD\s1,234\.567$/)
  expect(formatMoney('1234.00', 'JPY')).toMatch(/^JPY\s1,234$/)
  expect(formatMoney('0.4011', 'ZZZZ')).toBe('ZZZZ 0.4011')
  expect(formatMoney('12.5', null)).toBe('12.50')
})

test('a short amount is exact below a thousand', () => {
  expect(formatMoneyShort('0.40', 'EUR')).toMatch(/^EUR\s0\.40$/)
  expect(formatMoneyShort('-0.004', 'KWD')).toMatch(/^-KWD\s0\.004$/)
  expect(formatMoneyShort('1234567.00', 'EUR')).toMatch(/^EUR\s1\.2m$/)
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
