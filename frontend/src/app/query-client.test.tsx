import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ApiError, NoAnswerError, problemOf } from '@/api/problem'
import { Toasts } from '@/ui/Toast'
import { queryClient } from './query-client'

function refusal(status: number, headers = {}) {
  const response = new Response(null, { status, headers })
  return new ApiError(response, problemOf(response, null))
}

const { retry, retryDelay } = queryClient.getDefaultOptions().queries ?? {}
const isTriedAgain = (error: Error, failures = 0) => (retry as (failures: number, error: Error) => boolean)(failures, error)

test('what did not reach the server is tried twice more, what it refuses never', () => {
  expect([0, 1, 2].map((failures) => isTriedAgain(new NoAnswerError(null), failures))).toEqual([true, true, false])
  expect([400, 403, 404, 500].map((status) => isTriedAgain(refusal(status)))).toEqual([false, false, false, false])
})

test('a server with too much to do is asked again when it says', () => {
  expect([429, 503].map((status) => isTriedAgain(refusal(status)))).toEqual([true, true])
  const wait = retryDelay as (failures: number, error: Error) => number
  expect(wait(0, refusal(429, { 'Retry-After': '7' }))).toBe(7000)
})

function refuse(detail: string, meta = {}) {
  const refused = new ApiError(new Response(null, { status: 409 }), { ...refusal(409).problem, code: 'wrong_state', detail })
  const order = queryClient.getMutationCache().build(queryClient, { meta, mutationFn: () => Promise.reject(refused) })
  return order.execute(undefined).catch(() => {})
}

test('what the server refuses is said in a notice, unless the form says it itself', async () => {
  render(<Toasts label="Notices" closeLabel="Close" />)
  await refuse('At its field.', { isErrorInPlace: true })
  await refuse('It is held by somebody else.')
  expect(await screen.findByText('It is held by somebody else.')).toBeTruthy()
  expect(screen.queryByText('At its field.')).toBeNull()
})
