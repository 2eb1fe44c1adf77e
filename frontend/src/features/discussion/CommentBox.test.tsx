import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { CommentBox } from './CommentBox'

afterEach(() => vi.unstubAllGlobals())

test('a comment that got no answer is sent again under its key, the next one under another', async () => {
  const keys: (string | null)[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    keys.push(request.headers.get('Idempotency-Key'))
    if (keys.length === 1) throw new TypeError('Failed to fetch')
    return Response.json({}, { status: 201 })
  })
  const person = userEvent.setup()
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CommentBox id="1" />
    </QueryClientProvider>,
  )
  const send = () => person.click(screen.getByRole('button'))
  await person.type(screen.getByRole('textbox'), 'Once.')
  await send()
  await screen.findByRole('alert')
  await send()
  await waitFor(() => expect(screen.getByRole('textbox')).toHaveProperty('value', ''))
  await person.type(screen.getByRole('textbox'), 'Once.')
  await send()
  await waitFor(() => expect(keys).toHaveLength(3))
  expect(keys[0]).toMatch(/^[\w-]{7,}$/)
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})
