import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { usePreference } from './preferences'

afterEach(() => vi.unstubAllGlobals())

/** Show two preferences and one button that changes both. */
function Page() {
  const [density, keepDensity] = usePreference('density', 'compact')
  const [shortcuts, keepShortcuts] = usePreference('shortcuts', true)
  function change() {
    keepDensity('comfortable')
    keepShortcuts(false)
  }
  return <button onClick={change}>{`${density} ${shortcuts}`}</button>
}

test('of two preferences chosen in one moment both are kept, the newer one sent last', async () => {
  const sent: unknown[] = []
  const answers: (() => void)[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return Response.json({ preferences: { theme: 'dark' } })
    sent.push(await request.json())
    await new Promise<void>((resolve) => answers.push(resolve))
    return Response.json(sent.at(-1))
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Page />
    </QueryClientProvider>,
  )
  act(() => screen.getByRole('button').click())
  await screen.findByText('comfortable false')
  await waitFor(() => expect(answers).toHaveLength(1))
  expect(sent).toHaveLength(1)
  await act(async () => answers[0]?.())
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent.at(-1)).toEqual({ preferences: expect.objectContaining({ density: 'comfortable', shortcuts: false }) })
})
