import { beforeEach, expect, test } from 'vitest'
import { forgetPersonal, hasUnsent, readStored, store } from './storage'

beforeEach(() => localStorage.clear())

test('what somebody typed is forgotten when they leave; what others typed, and how the page looks, is not', () => {
  store('personal:draft:7:42', { edits: {} })
  store('personal:draft:8:42', { edits: {} })
  store('theme', 'dark')
  localStorage.setItem('of another program', 'kept')
  store('personal:preferences:9', {})
  expect(['7', '8', '9'].map(hasUnsent)).toEqual([true, true, false])
  forgetPersonal('7')
  expect(readStored('personal:draft:7:42')).toBeNull()
  expect(readStored('personal:draft:8:42')).not.toBeNull()
  expect(readStored('theme')).toBe('dark')
  expect(localStorage.getItem('of another program')).toBe('kept')
})
