import { afterEach, expect, test } from 'vitest'
import { sumByCurrency } from './amounts'
import { dayOf, formatDate, formatDuration, formatExactly, formatMoney, formatMoneyShort, formatRelative, formatSize, setFormats, startOf } from './format'

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

afterEach(() => setFormats('en-GB', 'UTC'))

test('a day begins and ends in the chosen zone, also where the clocks change', () => {
  setFormats('en-US', 'Pacific/Kiritimati')
  expect([dayOf('2026-12-03T09:59:00Z'), dayOf('2026-12-03T10:00:00Z')]).toEqual(['2026-12-03', '2026-12-04'])
  expect(startOf('2026-12-04')).toBe('2026-12-03T10:00:00.000Z')
  setFormats('en-SE', 'Europe/Berlin')
  expect([startOf('2026-03-29'), startOf('2026-03-30')]).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'])
  setFormats('en-GB', 'America/New_York')
  expect(startOf('2026-12-04')).toBe('2026-12-04T05:00:00.000Z')
})

test('sizes and rates are written in the chosen way, too', () => {
  setFormats('en-DE', 'UTC')
  expect([formatSize(1_200_000), formatExactly('1.25')]).toEqual(['1,2 MB', '1,25'])
})
