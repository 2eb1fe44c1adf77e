import { act, renderHook } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { setServerTime, now } from './clock'
import { useNow } from './use-now'

const DAY_MS = 24 * 60 * 60 * 1000

afterEach(() => {
  setServerTime(new Date(Date.now()).toUTCString())
  vi.useRealTimers()
})

test('a clock that is wrong by a day is put right by the first answer, and what shows ages follows', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') })
  const { result } = renderHook(() => useNow(60_000))
  act(() => setServerTime('Tue, 24 Nov 2026 12:00:00 GMT'))
  expect(now()).toBe(Date.parse('2026-11-24T12:00:00Z'))
  expect(result.current).toBe(now())
  vi.advanceTimersByTime(DAY_MS)
  expect(now()).toBe(Date.parse('2026-11-25T12:00:00Z'))
})

test('what an answer is on its way is no error of the clock, and no date at all says nothing', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T12:00:03Z') })
  setServerTime('Tue, 24 Nov 2026 12:00:00 GMT')
  setServerTime(null)
  setServerTime('yesterday')
  expect(now()).toBe(Date.now())
})
