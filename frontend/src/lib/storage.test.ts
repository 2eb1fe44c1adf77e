import { beforeEach, expect, test } from 'vitest'
import { forgetPersonal, readStored, store } from './storage'

beforeEach(() => localStorage.clear())

test('what somebody typed is forgotten when they leave, how they like it is not', () => {
  store('personal:draft:7:42', { edits: {} })
  store('theme', 'dark')
  localStorage.setItem('of another program', 'kept')
  forgetPersonal()
  expect(readStored('personal:draft:7:42')).toBeNull()
  expect(readStored('theme')).toBe('dark')
  expect(localStorage.getItem('of another program')).toBe('kept')
})
