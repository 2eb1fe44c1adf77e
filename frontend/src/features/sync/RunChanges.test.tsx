import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { renderInRouter } from '@/lib/render-in-router.test.helper'
import { type ChangeFilter, RunChanges } from './RunChanges'

const DEAL = { id: '7', opty_number: 'OPTY-7', customer: 'Acme', practice: 'Cloud', currency: 'EUR', changes: [] }
const FRESH = { ...DEAL, name: 'Rail network', kind: 'new', stage: 'Discovery', deal_value: '250000.00' }
const GONE = {
  ...DEAL,
  id: '8',
  name: 'Port cranes',
  kind: 'removed',
  stage: 'Proposal',
  deal_value: null,
  changes: [{ field: 'removed_in_crm_at', old: null, new: '2026-11-24T09:00:00Z' }],
}
const filtered = vi.fn<(filter: ChangeFilter) => void>()

afterEach(() => vi.unstubAllGlobals())

async function show(answer: (path: string) => Response) {
  vi.stubGlobal('fetch', async ({ url }: Request) => answer(new URL(url).pathname))
  await renderInRouter(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RunChanges run="1" filter={{ kind: 'new' }} onFilter={filtered} />
    </QueryClientProvider>,
  )
}

const changes = (path: string) =>
  Response.json(path.endsWith('/changes') ? { count: 2, results: [FRESH, GONE], next_cursor: null } : {})

test('what is new and what is removed says so, the new one with stage and value', async () => {
  await show(changes)
  const [fresh, gone] = await screen.findAllByRole('listitem')
  expect(fresh?.textContent).toMatch(/Rail network.*New.*Discovery · EUR.250\.0k/)
  expect(gone?.textContent).toMatch(/Port cranes.*Removed/)
  expect(gone?.textContent).not.toContain('Proposal')
})

test('one kind of change is chosen, and kept in the file', async () => {
  await show(changes)
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Change' }), 'Removed')
  expect(filtered).toHaveBeenCalledWith({ kind: 'removed' })
  expect(screen.getByRole('link', { name: 'Export CSV' }).getAttribute('href')).toMatch(/export\.csv\?kind=new$/)
})

test('what could not be loaded is loaded again on demand', async () => {
  let isDown = true
  await show((path) => (isDown && path.endsWith('/changes') ? new Response('', { status: 500 }) : changes(path)))
  await screen.findByRole('alert')
  isDown = false
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Rail network')).toBeTruthy()
})
