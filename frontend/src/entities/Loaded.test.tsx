import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { common } from '@/strings/common'
import { Loaded } from './Loaded'

const error = new Error('No answer')
let asked = 0

function show(data: string | null | undefined, failure: Error | null) {
  const refetch = (() => (asked += 1)) as never
  render(<Loaded query={{ data, error: failure, refetch }}>{(name) => <p>{name ?? 'None'}</p>}</Loaded>)
}

test('what was read stays when it cannot be read again', () => {
  show('Rail network', error)
  expect(screen.getByText('Rail network')).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})

test('nothing is an answer, too', () => {
  show(null, null)
  expect(screen.getByText('None')).toBeTruthy()
})

test('what cannot be read at first says so, and is read again on demand', () => {
  show(undefined, error)
  screen.getByRole('button', { name: common.tryAgain }).click()
  expect(asked).toBe(1)
})

test('until it is read its place is held', () => {
  show(undefined, null)
  expect(screen.getByRole('status', { name: common.loading })).toBeTruthy()
})
