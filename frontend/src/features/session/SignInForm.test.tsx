import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { csrfToken } from '@/api/csrf'
import { sessionQuery } from './session'
import { SignInForm } from './SignInForm'

const ANN = { id: '1', username: 'ann' }
const BEA = { id: '2', username: 'bea' }

/** Sign in again on Ann's page; return what happened. */
async function signInAgainAs(me: typeof ANN): Promise<string[]> {
  const done: string[] = []
  vi.stubGlobal('fetch', async (request: Request) =>
    Response.json(request.method === 'POST' ? { csrf_token: 'new', me } : { csrf_token: 'old', me: null }),
  )
  vi.spyOn(location, 'reload').mockImplementation(() => void done.push('began anew'))
  const cache = new QueryClient()
  cache.setQueryData(sessionQuery.queryKey, ANN as never)
  render(
    <QueryClientProvider client={cache}>
      <SignInForm username="ann" onSignedIn={() => done.push('went on')} />
    </QueryClientProvider>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await waitFor(() => expect(done).not.toEqual([]))
  return done
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

it('who signs in again goes on where they were', async () => {
  expect(await signInAgainAs(ANN)).toEqual(['went on'])
  expect(csrfToken()).toBe('new')
})

it('another person begins anew, and nothing that waited is sent in their name', async () => {
  expect(await signInAgainAs(BEA)).toEqual(['began anew'])
  expect(csrfToken()).toBe('old')
})

const formOf = (username?: string) => (
  <QueryClientProvider client={new QueryClient()}>
    <SignInForm username={username} />
  </QueryClientProvider>
)

it('a page whose owner has a second factor stays, and says where to go on', async () => {
  const problem = { code: 'second_factor_required', detail: 'x', continue_at: '/accounts/2fa/authenticate/' }
  vi.stubGlobal('fetch', async (request: Request) =>
    request.method === 'POST' ? Response.json(problem, { status: 403 }) : Response.json({ csrf_token: 'old', me: null }),
  )
  const left = vi.spyOn(location, 'assign').mockImplementation(() => {})
  const first = render(formOf())
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await waitFor(() => expect(left).toHaveBeenCalledWith('/accounts/2fa/authenticate/?next=%2F'))
  first.unmount()
  render(formOf('ann'))
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  const link = await screen.findByRole('link', { name: 'Continue in a new tab' })
  expect(link.getAttribute('href')).toBe('/accounts/2fa/authenticate/?next=%2F')
  expect(left).toHaveBeenCalledTimes(1)
})
