import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fieldsQuery, opportunitiesQuery } from '@/api/queries'
import type { Opportunity } from '@/api/types'
import { setCatalogue } from '@/entities/opportunity/catalogue'
import fields from '@/entities/opportunity/test-fields.json'
import { clearToasts, Toasts } from '@/ui/Toast'
import { AssigneeCell } from './AssigneeCell'
import { OwnFieldCell } from './OwnFieldCell'

const ROW = {
  id: '7',
  name: 'Mobile core',
  lock_version: 3,
  priority: 'NORMAL',
  bid_due_on: '2027-02-01',
  assigned_sa: { id: '1', name: 'Ada' },
  may_assign: true,
  may_write_notes: true,
}
const PEOPLE = ['Ada', 'Grace'].map((name, place) => ({ id: String(place + 1), name, load: { open: 2, overdue: 0 } }))
const STALE = { status: 409, code: 'stale_version', detail: 'Someone else changed this opportunity. Reload to see it.' }
const listQuery = opportunitiesQuery({})

let queryClient = new QueryClient()
let asked: string[] = []
let sent: [string, string, unknown][] = []
let refusal: object | null = null
let isOver = Promise.resolve()

beforeEach(() => {
  queryClient = new QueryClient()
  asked = []
  sent = []
  refusal = null
  isOver = Promise.resolve()
  setCatalogue(fields as never)
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/', '')
    if (request.method === 'GET') asked.push(path)
    if (request.method === 'GET') return Response.json(path === 'users' ? { count: 2, results: PEOPLE } : { count: 1, results: [ROW] })
    const body = await request.json()
    sent.push([request.method, path, body])
    await isOver
    if (refusal) return Response.json(refusal, { status: 409 })
    const { assignee, ...changed } = body
    const sa = PEOPLE.find(({ id }) => id === assignee) ?? ROW.assigned_sa
    return Response.json({ ...ROW, ...changed, assigned_sa: sa, lock_version: body.lock_version + 1 })
  })
})
afterEach(() => {
  clearToasts()
  vi.unstubAllGlobals()
})

function Cells() {
  const row = useQuery(listQuery).data?.results[0]
  return row ? (
    <>
      <AssigneeCell row={row}><span>{row.assigned_sa?.name}</span></AssigneeCell>
      <OwnFieldCell row={row} field="bid_due_on"><span>{row.bid_due_on}</span></OwnFieldCell>
      <OwnFieldCell row={row} field="priority"><span>{row.priority}</span></OwnFieldCell>
    </>
  ) : null
}

async function show(rights: Partial<Opportunity> = {}) {
  queryClient.setQueryDefaults(listQuery.queryKey, { staleTime: Infinity })
  queryClient.setQueryData(listQuery.queryKey, { count: 1, results: [{ ...ROW, ...rights }] } as never)
  queryClient.setQueryData(fieldsQuery.queryKey, fields as never)
  render(
    <QueryClientProvider client={queryClient}>
      <Cells />
      <Toasts label="Notices" closeLabel="Close" />
    </QueryClientProvider>,
  )
  await screen.findByText('Ada')
}

test('by keys alone a priority is changed in its place, the focus stays on the cell, and it can be undone', async () => {
  await show()
  screen.getByRole('button', { name: /^NORMAL\b.*change Priority$/ }).focus()
  await userEvent.keyboard('{Enter}')
  const select = screen.getByRole('combobox', { name: 'Priority' })
  expect(document.activeElement).toBe(select)
  fireEvent.keyDown(select, { key: 'ArrowDown' })
  fireEvent.change(select, { target: { value: 'HIGH' } })
  expect(sent).toEqual([])
  await userEvent.keyboard('{Enter}')
  expect(document.activeElement).toBe(await screen.findByRole('button', { name: /^HIGH\b.*change Priority$/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await screen.findByRole('button', { name: /^NORMAL\b.*change Priority$/ })
  expect(sent).toEqual([
    ['PATCH', 'opportunities/7', { priority: 'HIGH', lock_version: 3 }],
    ['PATCH', 'opportunities/7', { priority: 'NORMAL', lock_version: 4 }],
  ])
})

test('a change can be undone although its row has left the list before the answer', async () => {
  await show()
  const answers: (() => void)[] = []
  isOver = new Promise((end) => answers.push(end))
  await userEvent.click(screen.getByRole('button', { name: /^NORMAL\b.*change Priority$/ }))
  fireEvent.change(screen.getByRole('combobox', { name: 'Priority' }), { target: { value: 'HIGH' } })
  act(() => void queryClient.setQueryData(listQuery.queryKey, { count: 0, results: [] } as never))
  await waitFor(() => expect(screen.queryByText('Ada')).toBeNull())
  for (const answer of answers) answer()
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(sent).toHaveLength(2))
})

test('Escape and the same value again change nothing', async () => {
  await show()
  for (const key of ['{Escape}', '{Enter}']) {
    await userEvent.click(screen.getByRole('button', { name: /^2027-02-01\b.*change Bid due$/ }))
    const day = screen.getByLabelText('Bid due')
    fireEvent.keyDown(day, { key: '5' })
    if (key === '{Escape}') fireEvent.change(day, { target: { value: '2027-02-05' } })
    await userEvent.keyboard(key)
    expect(screen.queryByLabelText('Bid due')).toBeNull()
  }
  expect(sent).toEqual([])
})

test('a bid due date that is cleared and left is saved as none', async () => {
  await show()
  await userEvent.click(screen.getByRole('button', { name: /^2027-02-01\b.*change Bid due$/ }))
  const day = screen.getByLabelText('Bid due')
  fireEvent.keyDown(day, { key: 'Delete' })
  fireEvent.change(day, { target: { value: '' } })
  await userEvent.tab()
  await waitFor(() => expect(sent).toEqual([['PATCH', 'opportunities/7', { bid_due_on: null, lock_version: 3 }]]))
})

test('a colleague who is chosen with the pointer has the deal at once', async () => {
  await show()
  await userEvent.click(screen.getByRole('button', { name: /^Ada\b.*change SA$/ }))
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'SA' }), 'Grace (2 open, 0 overdue)')
  await screen.findByRole('button', { name: /^Grace\b.*change SA$/ })
  expect(sent).toEqual([['POST', 'opportunities/7/actions/reassign', { assignee: '2', lock_version: 3 }]])
  expect(await screen.findByText('Mobile core: SA changed.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy()
})

test('after a refusal the value stays, and the list is read again', async () => {
  await show()
  refusal = STALE
  await userEvent.click(screen.getByRole('button', { name: /^Ada\b.*change SA$/ }))
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'SA' }), 'Grace (2 open, 0 overdue)')
  await waitFor(() => expect(asked).toContain('opportunities'))
  expect(sent).toHaveLength(1)
  expect(screen.getByRole('button', { name: /^Ada\b.*change SA$/ })).toBeTruthy()
})

test('who may not change a value only reads it', async () => {
  await show({ may_assign: false, may_write_notes: false })
  expect(screen.queryAllByRole('button')).toEqual([])
})
