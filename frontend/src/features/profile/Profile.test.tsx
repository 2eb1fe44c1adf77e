import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Me } from '@/api/types'
import { formatDate, formatDateTime, ownTimeZone, setFormats } from '@/lib/format'
import { Profile } from './Profile'
import { words } from './strings'

const ME = { name: 'Sam Okafor', email: 'sam@example.com', roles: ['SA'], practices: [], crm_owner_name: '' } as unknown as Me
const READ: Record<string, unknown> = {
  '/api/me/notifications': {
    channels_off: [], muted: {}, zone: '', digest_at: '08:00:00', quiet_from: null, quiet_until: null,
    events: [{ name: 'opportunity.assigned', title: 'Assign', channels: ['bell', 'mail'] }],
  },
  '/api/me/calendar': { address: 'https://bqs/calendar/1.ics' },
  '/api/me/absences': [],
  '/api/users': { count: 1, results: [{ id: '7', name: 'Ana Silva', is_active: true, load: { open: 1, overdue: 0 } }] },
}
let sent: { path: string; body: unknown }[] = []
let isRefused = false

beforeEach(() => {
  sent = []
  isRefused = false
  // Hundreds, which take their time to be drawn.
  vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue(['Asia/Tokyo'])
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname
    if (request.method === 'GET') return Response.json(READ[path] ?? { preferences: {} })
    if (path === '/api/me/calendar') return Response.json({ address: 'https://bqs/calendar/2.ics' })
    const body = await request.json()
    sent.push({ path, body })
    return isRefused ? Response.json({ detail: 'Out of order.' }, { status: 500 }) : Response.json(body)
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Profile me={ME} />
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

test('the start page is kept', async () => {
  await userEvent.selectOptions(screen.getByLabelText(words.start), '/inbox')
  await waitFor(() => expect(sent).toContainEqual({ path: '/api/me/preferences', body: { preferences: { startPage: '/inbox' } } }))
})

test('a switch of an event and a channel is saved at once, with the time zone for the mail of the day', async () => {
  await userEvent.click(await screen.findByLabelText(`Assign: ${words.channels.mail}`))
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ path: '/api/me/notifications', body: { muted: { mail: ['opportunity.assigned'] } } }))
  await userEvent.click(screen.getByLabelText(words.channels.bell))
  await waitFor(() => expect(sent.at(-1)?.body).toMatchObject({ channels_off: ['bell'], zone: ownTimeZone() }))
})

test('an absence that the server refuses says why at its field and keeps what was chosen', async () => {
  isRefused = true
  fireEvent.change(await screen.findByLabelText(words.starts), { target: { value: '2027-05-14' } })
  fireEvent.change(screen.getByLabelText(words.ends), { target: { value: '2027-05-20' } })
  await userEvent.selectOptions(await screen.findByLabelText(words.deputy), '7')
  await userEvent.click(screen.getByRole('button', { name: words.addAbsence }))
  await waitFor(() => expect(sent.at(-1)).toEqual({ path: '/api/me/absences', body: { starts: '2027-05-14', ends: '2027-05-20', deputy: '7' } }))
  expect((screen.getByLabelText(words.starts) as HTMLInputElement).value).toBe('2027-05-14')
})

test('the calendar has another address once it is renewed', async () => {
  expect(((await screen.findByLabelText(words.address)) as HTMLInputElement).value).toBe('https://bqs/calendar/1.ics')
  await userEvent.click(screen.getByRole('button', { name: words.renew }))
  await waitFor(() => expect((screen.getByLabelText(words.address) as HTMLInputElement).value).toBe('https://bqs/calendar/2.ics'))
})

test('password, sessions and tokens are one link away', () => {
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'))
  expect(links).toEqual(Object.keys(words.links))
})
