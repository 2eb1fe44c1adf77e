import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, renderHook, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { Opportunity } from '@/api/types'
import { commandsOfPage } from '@/lib/commands'
import { fieldsQuery } from '@/api/queries'
import { useConfirmAction } from '@/entities/undo'
import { clearToasts, Toasts } from '@/ui/Toast'
import { renderInRouter } from '@/lib/render-in-router.test.helper'
import { BulkBar } from './BulkBar'
import type { BulkRights } from './bulk-actions'
import type { Selection } from './selection'

const ROW = { id: '7', name: 'Mobile core', workflow_status: 'ON_HOLD', currency: 'EUR', deal_value: '1000' } as Opportunity
const ACTIONS = [
  { value: 'ASSIGN', label: 'Assign', path: 'assign', asks: ['assignee'], may_ask: ['reason'] },
  { value: 'HOLD', label: 'Put on hold', path: 'hold', asks: ['reason', 'review_on'], may_ask: [] },
  { value: 'RESUME', label: 'Resume', path: 'resume', is_reversible: true, asks: [], may_ask: ['reason'] },
]
const OTHER = { ...ROW, id: '8' }

async function show(rights: BulkRights, open: string | null = null) {
  const heard = { set: vi.fn<Selection['set']>(), open: vi.fn<(action: string | null) => void>() }
  const selection: Selection = { rows: [ROW, OTHER], has: () => true, set: heard.set, toggle: () => {}, clear: () => {} }
  const cache = new QueryClient()
  cache.setQueryData(fieldsQuery.queryKey, { actions: ACTIONS, limits: { bulk_rows: 500 } } as never)
  await renderInRouter(
    <QueryClientProvider client={cache}>
      <BulkBar rights={rights} selection={selection} count={1} onSelectAll={() => {}} open={open} onOpen={heard.open} />
      <Toasts label="Notices" closeLabel="Close" />
    </QueryClientProvider>,
  )
  return heard
}

afterEach(() => {
  clearToasts()
  vi.unstubAllGlobals()
})

test('who may not assign is offered neither the buttons nor the commands of it', async () => {
  await show({ assign: false, hold: true })
  const buttons = screen.getAllByRole('button').map((each) => each.textContent)
  expect(buttons).toEqual(['Clear selection', 'Resume', 'Put on hold'])
  expect(commandsOfPage().map(({ label }) => label)).toEqual(['Put on hold', 'Resume'])
})

test('whoever may act on none compares what they selected', async () => {
  await show({ assign: false, hold: false })
  expect(screen.getAllByRole('button').map((each) => each.textContent)).toEqual(['Clear selection'])
  expect(screen.getByRole('link', { name: 'Compare 2' })).toBeTruthy()
})

/** Answer each address with its own; what is not named here was not asked for. */
function answer(answers: Record<string, unknown>) {
  const sent: [string, unknown][] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url)
    const body = request.method === 'POST' ? await request.json() : null
    sent.push([pathname.replace('/api/opportunities/bulk/', ''), body])
    return Response.json(Object.entries(answers).find(([end]) => pathname.endsWith(end))?.[1] ?? { count: 0, results: [] })
  })
  return sent
}

const DONE = { id: '8', is_done: true, detail: 'In review.', guard: '' }
const REFUSED = { id: '7', is_done: false, detail: 'You do not lead this practice.', guard: 'right' }

test('what was done is selected no more, what was refused is; one place says both', async () => {
  answer({ check: [], resume: [REFUSED, DONE] })
  const heard = await show({ assign: true, hold: true }, 'RESUME')
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Resume' }))
  await vi.waitFor(() => expect(heard.open).toHaveBeenCalledWith(null))
  expect(heard.set).toHaveBeenCalledExactlyOnceWith([OTHER], false)
  expect(await screen.findAllByText('1 done, 1 refused')).toHaveLength(1)
})

test('Enter that comes before the check counts when nothing is refused', async () => {
  const sent = answer({ check: [], resume: [DONE] })
  await show({ assign: true, hold: true }, 'RESUME')
  const [form] = (await screen.findByRole('dialog')).getElementsByTagName('form')
  act(() => form?.requestSubmit())
  expect(sent.map(([path]) => path)).not.toContain('resume')
  await vi.waitFor(() => expect(sent.map(([path]) => path)).toContain('resume'))
})

test('before anything is sent the dialog says what is left out and why, and sends the rest', async () => {
  const sent = answer({ check: [REFUSED, DONE], resume: [DONE] })
  await show({ assign: true, hold: true }, 'RESUME')
  const dialog = within(await screen.findByRole('dialog', { name: 'Resume: 1 of 2 opportunities' }))
  expect(dialog.getByText('Mobile core: You do not lead this practice.')).toBeTruthy()
  await userEvent.click(dialog.getByRole('button', { name: 'Resume' }))
  await vi.waitFor(() => expect(sent).toContainEqual(['resume', { ids: ['8'] }]))
})

test('where nothing is possible nothing can be sent', async () => {
  answer({ check: [REFUSED, { ...REFUSED, id: '8' }] })
  await show({ assign: true, hold: true }, 'RESUME')
  const dialog = within(await screen.findByRole('dialog', { name: 'Resume: 0 of 2 opportunities' }))
  expect(dialog.getByRole('button', { name: 'Resume' }).hasAttribute('disabled')).toBe(true)
})

test('what was done can be undone for a while, and a refused undo says why', async () => {
  const sent = answer({ check: [], resume: [DONE, { ...DONE, id: '7' }], undo: [REFUSED, DONE] })
  await show({ assign: true, hold: true }, 'RESUME')
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Resume' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await vi.waitFor(() => expect(sent).toContainEqual(['undo', { ids: ['8', '7'] }]))
  expect(await screen.findByText('Could not undo. You do not lead this practice.')).toBeTruthy()
})

test('only the latest action offers Undo, as the server takes back the latest', async () => {
  const { result } = renderHook(useConfirmAction, {
    wrapper: ({ children }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>,
  })
  render(<Toasts label="Notices" closeLabel="Close" />)
  act(() => result.current('First', 'RESUME', ['7']))
  act(() => result.current('Second', 'RESUME', ['7']))
  expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(1)
  expect(screen.queryByText('First')).toBeNull()
})

test('a dialog asks what the server says the action asks for, and sends nothing while that is missing', async () => {
  const sent = answer({ check: [] })
  await show({ assign: true, hold: true }, 'HOLD')
  const dialog = within(await screen.findByRole('dialog', { name: 'Put on hold: 2 opportunities' }))
  expect(dialog.getByLabelText(/^Reason/)).toBeTruthy()
  await userEvent.click(dialog.getByRole('button', { name: 'Put on hold' }))
  expect(dialog.getAllByText('Fill this in.')).toHaveLength(2)
  expect(sent.map(([end]) => end)).toEqual(['check'])
})

test('the dialog closes as soon as all are assigned, though nobody says yet what the person is called', async () => {
  answer({ check: [], assign: [DONE], users: { count: 1, results: [{ id: '3', name: 'Ana Silva', is_active: true, load: { open: 1, overdue: 0 } }] } })
  const others = fetch
  vi.stubGlobal('fetch', async (request: Request) => (/users\?id=/.test(request.url) ? new Promise(() => {}) : others(request)))
  const heard = await show({ assign: true, hold: true }, 'ASSIGN')
  const dialog = within(await screen.findByRole('dialog'))
  await vi.waitFor(() => expect(dialog.getAllByRole('option')).toHaveLength(2))
  await userEvent.selectOptions(dialog.getByRole('combobox'), '3')
  await userEvent.click(dialog.getByRole('button', { name: 'Assign' }))
  await vi.waitFor(() => expect(heard.open).toHaveBeenCalledWith(null))
})
