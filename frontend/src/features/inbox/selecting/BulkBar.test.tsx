import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { Opportunity } from '@/api/types'
import { commandsOfPage } from '@/lib/commands'
import { fieldsQuery } from '@/api/queries'
import { BulkBar } from './BulkBar'
import type { BulkRights } from './bulk-actions'
import type { Selection } from './selection'

vi.mock('@tanstack/react-router', () => ({ Link: ({ children }: { children: string }) => children }))

const ROW = { id: '7', workflow_status: 'ON_HOLD', currency: 'EUR', deal_value: '1000' } as Opportunity
const ACTIONS = [
  { value: 'ASSIGN', label: 'Assign', path: 'assign', asks: ['assignee'], may_ask: ['reason'] },
  { value: 'HOLD', label: 'Put on hold', path: 'hold', asks: ['reason', 'review_on'], may_ask: [] },
  { value: 'RESUME', label: 'Resume', path: 'resume', asks: [], may_ask: ['reason'] },
]
const OTHER = { ...ROW, id: '8' }

function show(rights: BulkRights, open: string | null = null) {
  const heard = { set: vi.fn<Selection['set']>(), open: vi.fn<(action: string | null) => void>() }
  const selection: Selection = { rows: [ROW, OTHER], has: () => true, set: heard.set, toggle: () => {}, clear: () => {} }
  const cache = new QueryClient()
  cache.setQueryData(fieldsQuery.queryKey, { actions: ACTIONS, limits: { bulk_rows: 500 } } as never)
  render(
    <QueryClientProvider client={cache}>
      <BulkBar rights={rights} selection={selection} count={1} onSelectAll={() => {}} open={open} onOpen={heard.open} />
    </QueryClientProvider>,
  )
  return heard
}

afterEach(() => vi.unstubAllGlobals())

test('who may not assign is offered neither the buttons nor the commands of it', () => {
  show({ assign: false, hold: true })
  const buttons = screen.getAllByRole('button').map((each) => each.textContent)
  expect(buttons).toEqual(['Clear selection', 'Resume', 'Put on hold'])
  expect(commandsOfPage().map(({ label }) => label)).toEqual(['Put on hold', 'Resume'])
})

test('what was done is selected no more, what was refused is; one place says both', async () => {
  const refused = { id: '7', is_done: false, detail: 'You do not lead this practice.', guard: '' }
  vi.stubGlobal('fetch', async () => Response.json([refused, { ...refused, id: '8', is_done: true }]))
  const heard = show({ assign: true, hold: true }, 'RESUME')
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Resume' }))
  await vi.waitFor(() => expect(heard.open).toHaveBeenCalledWith(null))
  expect(heard.set).toHaveBeenCalledExactlyOnceWith([OTHER], false)
  expect(await screen.findAllByText('1 done, 1 refused')).toHaveLength(1)
})

test('a dialog asks what the server says the action asks for, and sends nothing while that is missing', async () => {
  const asked = vi.fn<() => Response>(() => Response.json({ count: 0, results: [] }))
  vi.stubGlobal('fetch', async () => asked())
  show({ assign: true, hold: true }, 'HOLD')
  const dialog = within(await screen.findByRole('dialog', { name: 'Put on hold: 2 opportunities' }))
  expect(dialog.getByLabelText(/^Reason/)).toBeTruthy()
  await userEvent.click(dialog.getByRole('button', { name: 'Put on hold' }))
  expect(dialog.getAllByText('Fill this in.')).toHaveLength(2)
  expect(asked).not.toHaveBeenCalled()
})
