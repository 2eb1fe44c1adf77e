import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renderInRouter } from '@/lib/render-in-router.test.helper'
import { Bell } from './Bell'
import { Notifications } from './Notifications'
import { words } from './strings'

const entry = (id: string, read_at: string | null) => ({ id, event: 'x', title: `Title ${id}`, actor: { id: '1', name: 'Ana' }, at: '2027-05-14T08:00:00Z', read_at })
const GROUPS = [
  { deal: { id: '5', opty_number: 'O-5', name: 'Rail cloud' }, unread: 1, count: 9, entries: [entry('1', null), entry('2', '2027-05-14T09:00:00Z')] },
  { deal: null, unread: 0, count: 1, entries: [entry('3', '2027-05-14T09:00:00Z')] },
]
let sent: unknown[] = []
let groups: unknown[] = []

beforeEach(() => {
  sent = []
  groups = GROUPS
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, searchParams } = new URL(request.url)
    if (request.method === 'POST') sent.push(await request.json())
    if (pathname === '/api/notifications') {
      const isSecond = searchParams.has('cursor')
      return Response.json({ groups: isSecond ? [{ ...GROUPS[1], deal: { id: '9', name: 'Older' } }] : groups, next_cursor: isSecond || groups.length === 0 ? null : 'two' })
    }
    return Response.json({ unread: 3, preferences: {} })
  })
})

afterEach(() => vi.unstubAllGlobals())

function show(what: React.ReactNode) {
  return renderInRouter(<QueryClientProvider client={new QueryClient()}>{what}</QueryClientProvider>)
}

test('the bell says how many are unread, opens by its key, and reads a deal with its button', async () => {
  await show(<Bell />)
  await screen.findByRole('button', { name: words.open(3) })
  await userEvent.keyboard('b')
  const panel = within(await screen.findByRole('dialog', { name: words.title }))
  await panel.findByText('Rail cloud')
  await userEvent.click(panel.getByRole('button', { name: `${words.read}: Rail cloud` }))
  expect(document.activeElement).toBe(panel.getByRole('link', { name: 'Rail cloud' }))
  await waitFor(() => expect(sent).toEqual([{ deal: '5' }]))
})

test('the page shows more on demand, and reads all at once', async () => {
  await show(<Notifications />)
  await screen.findByText(words.others(7))
  expect(screen.getByText(words.general)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: words.older }))
  const older = await screen.findByText('Older')
  expect(document.activeElement?.contains(older)).toBe(true)
  await userEvent.click(screen.getByRole('button', { name: words.readAll }))
  await waitFor(() => expect(sent).toEqual([{ all: true }]))
})

test('what is about no deal is marked as read at once, also what is not shown', async () => {
  groups = [{ deal: null, unread: 12, count: 30, entries: [entry('1', null)] }]
  await show(<Notifications />)
  await userEvent.click(await screen.findByRole('button', { name: `${words.read}: ${words.general}` }))
  await waitFor(() => expect(sent).toEqual([{ deal: null }]))
})

test('a person who was told nothing learns what will be here', async () => {
  groups = []
  await show(<Notifications />)
  expect(await screen.findByText(words.nothing)).toBeTruthy()
})
