import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Me } from '@/api/types'
import { formatDate, formatDateTime, ownTimeZone, setFormats } from '@/lib/format'
import { common } from '@/strings/common'
import { clearToasts, Toasts } from '@/ui/Toast'
import { Profile } from './Profile'
import { words } from './strings'

const ME = { id: '1', name: 'Sam Okafor', email: 'sam@example.com', roles: ['SA'], practices: [], crm_owner_name: '' } as unknown as Me
const READ: Record<string, unknown> = {
  '/api/me/notifications': {
    channels_off: [], muted: {}, zone: '', digest_at: '08:00', quiet_from: null, quiet_until: null,
    events: [{ name: 'opportunity.assigned', title: 'Assign', channels: ['bell', 'mail'] }],
  },
  '/api/me/absences': [{ id: '3', person: ME, deputy: { id: '7', name: 'Ana Silva' }, starts: '2027-06-14', ends: '2027-06-18' }],
  '/api/me/calendar': { address: 'https://bqs/calendar/1.ics' },
  '/api/users': { count: 1, results: [{ id: '7', name: 'Ana Silva', is_active: true, load: { open: 1, overdue: 0 } }] },
}
const REFUSAL = { detail: 'Not so.', errors: [{ field: 'ends', code: 'invalid', detail: 'Ends before it starts.' }] }
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
    if (request.method === 'DELETE') return new Response(null, { status: 204 })
    if (path === '/api/me/calendar') return Response.json({ address: 'https://bqs/calendar/2.ics' })
    const body = await request.json()
    sent.push({ path, body })
    if (isRefused) return Response.json(REFUSAL, { status: 400 })
    // Slower than two clicks.
    if (path === '/api/me/notifications') await new Promise((go) => setTimeout(go, 50))
    return Response.json({ ...(READ[path] as object), ...body })
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Profile me={ME} />
      <Toasts label="Notices" closeLabel="Close" />
    </QueryClientProvider>,
  )
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  localStorage.clear()
  clearToasts()
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

test('two switches in a row are both kept, with the time zone for the mail of the day', async () => {
  const mail = await screen.findByLabelText<HTMLInputElement>(`Assign: ${words.channels.mail}`)
  expect(screen.getByText(words.inSiteZone)).toBeTruthy()
  await userEvent.click(mail)
  await userEvent.click(screen.getByLabelText(words.channels.bell))
  await waitFor(() => expect(switchesSent()).toHaveLength(2))
  expect(switchesSent()[1]).toMatchObject({ muted: { mail: ['opportunity.assigned'] }, channels_off: ['bell'], zone: ownTimeZone() })
  expect(mail.checked).toBe(false)
  expect(screen.getByText(words.inZone(ownTimeZone()))).toBeTruthy()
})

test('a switch that the server refuses is shown as it was', async () => {
  const mail = await screen.findByLabelText<HTMLInputElement>(`Assign: ${words.channels.mail}`)
  isRefused = true
  await userEvent.click(mail)
  await waitFor(() => expect(switchesSent()).toHaveLength(1))
  await waitFor(() => expect(mail.checked).toBe(true))
})

function switchesSent() {
  return sent.filter(({ path }) => path === '/api/me/notifications').map(({ body }) => body)
}

test('an absence that the server refuses says why at its field and keeps what was chosen', async () => {
  isRefused = true
  fireEvent.change(await screen.findByLabelText(words.starts), { target: { value: '2027-05-14' } })
  fireEvent.change(screen.getByLabelText(words.ends), { target: { value: '2027-05-20' } })
  await userEvent.selectOptions(await screen.findByLabelText(words.deputy), '7')
  await userEvent.click(screen.getByRole('button', { name: words.addAbsence }))
  await waitFor(() => expect(sent.at(-1)).toEqual({ path: '/api/me/absences', body: { starts: '2027-05-14', ends: '2027-05-20', deputy: '7' } }))
  const ends = screen.getByLabelText(words.ends)
  await waitFor(() => expect(document.activeElement).toBe(ends))
  expect(within(ends.parentElement as HTMLElement).getByText('Ends before it starts.')).toBeTruthy()
  expect((screen.getByLabelText(words.starts) as HTMLInputElement).value).toBe('2027-05-14')
})

test('a removed absence can be put back, and the focus stays beside it', async () => {
  await userEvent.click(await screen.findByRole('button', { name: `${words.remove}: 14 Jun 2027` }))
  expect(document.activeElement).toBe(screen.getByLabelText(words.starts))
  await userEvent.click(await screen.findByRole('button', { name: common.undo }))
  await waitFor(() => expect(sent.at(-1)).toEqual({ path: '/api/me/absences', body: { starts: '2027-06-14', ends: '2027-06-18', deputy: '7' } }))
})

test('the calendar has another address once it is renewed, which is asked first', async () => {
  const address = await screen.findByLabelText<HTMLInputElement>(words.address)
  expect(address.value).toBe('https://bqs/calendar/1.ics')
  await userEvent.click(screen.getByRole('button', { name: words.renew }))
  const asked = within(await screen.findByRole('dialog', { name: words.renew }))
  expect(address.value).toBe('https://bqs/calendar/1.ics')
  await userEvent.click(asked.getByRole('button', { name: words.renew }))
  await waitFor(() => expect(address.value).toBe('https://bqs/calendar/2.ics'))
  expect(screen.queryByRole('dialog', { name: words.renew })).toBeNull()
})

test('an address that the browser does not copy can be copied by hand', async () => {
  vi.stubGlobal('navigator', { ...navigator, clipboard: undefined })
  fireEvent.click(await screen.findByRole('button', { name: words.copy }))
  expect(await screen.findByText(words.notCopied)).toBeTruthy()
})

test('password, sessions and tokens are one link away', () => {
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'))
  expect(links).toEqual(Object.keys(words.links))
})
