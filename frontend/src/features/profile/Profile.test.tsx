import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Me } from '@/api/types'
import { formatDate, formatDateTime, setFormats } from '@/lib/format'
import { Profile } from './Profile'
import { words } from './strings'

const ME = { name: 'Sam Okafor', email: 'sam@example.com', roles: ['SA'], practices: [], crm_owner_name: '', wants_notices: true } as unknown as Me
let sent: { path: string; body: unknown }[] = []
let isRefused = false

beforeEach(() => {
  sent = []
  isRefused = false
  // Hundreds, which take their time to be drawn.
  vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue(['Asia/Tokyo'])
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return Response.json({ preferences: {} })
    const body = await request.json()
    sent.push({ path: new URL(request.url).pathname, body })
    return isRefused ? Response.json({ detail: 'Out of order.' }, { status: 500 }) : Response.json(body)
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Profile me={ME} keep={() => {}} />
    </QueryClientProvider>,
  )
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  localStorage.clear()
  setFormats('', '')
})

test('dates and numbers are written as the person chooses, in their time zone', async () => {
  expect(formatDate('2027-05-14')).toBe('14 May 2027')
  await userEvent.selectOptions(screen.getByLabelText(words.format), 'en-US')
  await userEvent.selectOptions(screen.getByLabelText(words.timeZone), 'Asia/Tokyo')
  await waitFor(() => expect(formatDateTime('2027-05-14T20:00:00Z')).toMatch(/^May 15, 2027, 5:00\sAM$/))
  await waitFor(() =>
    expect(sent.at(-1)).toEqual({
      path: '/api/me/preferences',
      body: { preferences: { format: 'en-US', timeZone: 'Asia/Tokyo' } },
    }),
  )
})

test('the start page is kept, and the notices are switched on the server', async () => {
  await userEvent.selectOptions(screen.getByLabelText(words.start), '/inbox')
  await userEvent.click(screen.getByLabelText(words.notices))
  await waitFor(() => expect(sent).toContainEqual({ path: '/api/me', body: { wants_notices: false } }))
  expect(sent).toContainEqual({ path: '/api/me/preferences', body: { preferences: { startPage: '/inbox' } } })
  expect((screen.getByLabelText(words.notices) as HTMLInputElement).checked).toBe(false)
})

test('notices that the server refuses to switch go back to what they were', async () => {
  isRefused = true
  await userEvent.click(screen.getByLabelText(words.notices))
  await waitFor(() => expect(sent).toContainEqual({ path: '/api/me', body: { wants_notices: false } }))
  await waitFor(() => expect((screen.getByLabelText(words.notices) as HTMLInputElement).checked).toBe(true))
})

test('password, sessions and tokens are one link away', () => {
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'))
  expect(links).toEqual(Object.keys(words.links))
})
