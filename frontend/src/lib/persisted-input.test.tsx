import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { KEPT_MS, setInputOwner, usePersistedInput } from './persisted-input'
import { forgetPersonal } from './storage'

const PLACE = 'comment:42'
const opened = () => renderHook(() => usePersistedInput(PLACE, '')).result
type Text = ReturnType<typeof opened>['current']
const after = (what: (text: Text) => void) => {
  const result = opened()
  act(() => what(result.current))
}
const seenBy = (person: string) => {
  setInputOwner(person)
  return opened().current.value
}

beforeEach(() => {
  localStorage.clear()
  setInputOwner('7')
  after((text) => text.write('Half a sen'))
})

test('a text comes back where it was typed, with when, for whoever typed it and for nobody else', () => {
  expect(opened().current.value).toBe('Half a sen')
  expect(opened().current.restoredAt).toBeGreaterThan(0)
  expect(renderHook(() => usePersistedInput('comment:43', '')).result.current.value).toBe('')
  expect(seenBy('8')).toBe('')
  expect(seenBy('7')).toBe('Half a sen')
})

test('what is typed while it is being sent stays', () => {
  const text = opened()
  act(() => text.current.write('Half a sentence'))
  act(() => text.current.sent('Half a sen'))
  expect(text.current.value).toBe('Half a sentence')
  act(() => text.current.sent('Half a sentence'))
  expect(text.current.value).toBe('')
  expect(opened().current.value).toBe('')
})

test.each([
  ['discarded', () => after((text) => text.discard())],
  ['blank again', () => after((text) => text.write(' '))],
  ['left behind at sign-out', () => forgetPersonal('7')],
])('what is %s is forgotten', (_, leave) => {
  leave()
  expect(opened().current.value).toBe('')
  expect(localStorage).toHaveLength(0)
})

test('after 30 days it is forgotten', () => {
  vi.useFakeTimers({ now: Date.now() + KEPT_MS - 1000 })
  expect(seenBy('7')).toBe('Half a sen')
  vi.setSystemTime(Date.now() + 2000)
  expect(seenBy('7')).toBe('')
  vi.useRealTimers()
})
