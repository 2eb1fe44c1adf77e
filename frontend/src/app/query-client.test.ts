import { expect, test } from 'vitest'
import { ApiError, NoAnswer, problemOf } from '@/api/problem'
import { queryClient } from './query-client'

function refusal(status: number, headers = {}) {
  const response = new Response(null, { status, headers })
  return new ApiError(response, problemOf(response, null))
}

const { retry, retryDelay } = queryClient.getDefaultOptions().queries ?? {}
const isTriedAgain = (error: Error, failures = 0) => (retry as (failures: number, error: Error) => boolean)(failures, error)

test('what did not reach the server is tried twice more, what it refuses never', () => {
  expect([0, 1, 2].map((failures) => isTriedAgain(new NoAnswer(null), failures))).toEqual([true, true, false])
  expect([400, 403, 404, 500].map((status) => isTriedAgain(refusal(status)))).toEqual([false, false, false, false])
})

test('a server with too much to do is asked again when it says', () => {
  expect([429, 503].map((status) => isTriedAgain(refusal(status)))).toEqual([true, true])
  const wait = retryDelay as (failures: number, error: Error) => number
  expect(wait(0, refusal(429, { 'Retry-After': '7' }))).toBe(7000)
})
