import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { ForYou as Answer, ForYouRow, Me } from '@/api/types'
import { type Catalogue, setCatalogue } from '@/entities/opportunity/catalogue'
import fields from '@/entities/opportunity/test-fields.json'
import { ForYou } from './ForYou'
import { ROLE_STEPS, words } from './strings'

afterEach(() => vi.unstubAllGlobals())

const ROW = {
  id: '7',
  name: 'Rail network',
  customer: 'Northwind',
  practice: 'Cloud',
  deal_value: null,
  currency: null,
  workflow_status: 'ASSIGNED',
  clock: 'NONE',
  due_at: null,
  bid_due_on: null,
  hold_review_on: null,
  unseen_fields: [],
  why: '',
} as unknown as ForYouRow
const LATE = { name: 'overdue', label: 'Overdue', count: 6, count_is_estimated: false, filter: { for_you: 'overdue' }, hint: 'None is late.' }
const RETURNED = { name: 'returned', label: 'Returned to you', count: 0, count_is_estimated: false, filter: { for_you: 'returned' }, hint: 'No review came back.', rows: [] }
const ME = { roles: ['SA'], rights: { start_sync: false, use_admin: false } } as unknown as Me
const FILLED: Answer = {
  is_system_empty: false,
  administrators: [],
  sections: [{ ...LATE, rows: [ROW, { ...ROW, id: '8', name: 'Port cranes', why: 'Needs a second approval' }] }, RETURNED],
}

function show(answer: Answer, me = ME) {
  setCatalogue(fields as Catalogue)
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'PUT') return Response.json(await request.json())
    return Response.json(request.url.endsWith('/api/for-you') ? answer : { preferences: {} })
  })
  const root = createRootRoute()
  const page = createRoute({ getParentRoute: () => root, path: '/', component: () => <ForYou me={me} /> })
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory() })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
}

test('each filled section links its deals and the list behind its count', async () => {
  show(FILLED)
  const section = within(await screen.findByRole('region', { name: 'Overdue 6' }))
  expect(section.getByRole('link', { name: 'Rail network' }).getAttribute('href')).toBe('/opportunities/7')
  expect(section.getByText('Needs a second approval')).toBeTruthy()
  const all = section.getByRole('link', { name: words.all('6', 'Overdue') })
  expect(all.getAttribute('href')).toContain('for_you=overdue')
})

test('an empty section says what that means, below those with deals', async () => {
  show(FILLED)
  const quiet = await screen.findByRole('region', { name: words.quiet })
  expect(quiet.textContent).toContain('No review came back.')
  expect(screen.queryByText(words.done)).toBeNull()
})

test('who has nothing to do is told where to go', async () => {
  show({ ...FILLED, sections: [RETURNED] })
  expect(await screen.findByText(words.done)).toBeTruthy()
  expect(screen.getByRole('link', { name: words.toInbox })).toBeTruthy()
})

test('j and k walk through the deals', async () => {
  show(FILLED)
  const [first, second] = [await screen.findByText('Rail network'), screen.getByText('Port cranes')]
  await userEvent.keyboard('j')
  expect(document.activeElement).toBe(first)
  await userEvent.keyboard('jj')
  expect(document.activeElement).toBe(second)
  await userEvent.keyboard('k')
  expect(document.activeElement).toBe(first)
})

test('an empty system leads an administrator to the first sync, and others to an administrator', async () => {
  const empty = { ...FILLED, is_system_empty: true, administrators: [{ id: '1', name: 'Ada Kowalska' }] }
  show(empty, { ...ME, rights: { ...ME.rights, start_sync: true, use_admin: true } })
  expect(await screen.findByRole('link', { name: words.empty.toSyncs })).toBeTruthy()
  expect(screen.getByText(words.empty.command)).toBeTruthy()
  document.body.innerHTML = ''
  show(empty)
  expect(await screen.findByText(words.empty.others('Ada Kowalska'))).toBeTruthy()
})

test('the first steps of the roles can be hidden', async () => {
  show(FILLED)
  expect(await screen.findByText(ROLE_STEPS.SA)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: words.steps.dismiss }))
  expect(screen.queryByText(ROLE_STEPS.SA)).toBeNull()
})
