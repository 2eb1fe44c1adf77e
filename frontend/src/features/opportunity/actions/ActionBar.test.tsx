import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { AvailableAction, OpportunityDetail } from '@/api/types'
import { opportunitiesQuery } from '@/api/queries'
import { commandsOfPage } from '@/lib/commands'
import { ActionBar } from './ActionBar'

function offer(more: Partial<AvailableAction>): AvailableAction {
  const path = 'actions/hold'
  return { action: 'HOLD', label: 'Put on hold', path, target: 'ON_HOLD', is_allowed: true, guard: '', refusal: '', asks: [], may_ask: [], ...more }
}

function show(allowed_actions: AvailableAction[], more = {}) {
  const opportunity = { id: '7', lock_version: 3, allowed_actions } as unknown as OpportunityDetail
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ActionBar opportunity={opportunity} {...more} />
    </QueryClientProvider>,
  )
}

const REFUSED = offer({ action: 'ASSIGN', label: 'Assign', is_allowed: false, refusal: 'You do not lead this practice.' })

afterEach(() => vi.unstubAllGlobals())

test('what is refused is no button and no command; its reason is there', () => {
  show([offer({}), REFUSED])
  expect(screen.getAllByRole('button').map((each) => each.textContent)).toEqual(['Put on hold'])
  expect(commandsOfPage().map(({ label }) => label)).toEqual(['Put on hold'])
  expect(screen.getByText('Assign: You do not lead this practice.')).toBeTruthy()
})

test('an action goes to the server with the version that was looked at', async () => {
  const sent: unknown[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(new URL(request.url).pathname, await request.json())
    return Response.json({})
  })
  show([offer({})])
  await userEvent.click(screen.getByRole('button', { name: 'Put on hold' }))
  await userEvent.click(screen.getAllByRole('button', { name: 'Put on hold' }).at(-1) as HTMLElement)
  await vi.waitFor(() => expect(sent).toEqual(['/api/opportunities/7/actions/hold', { lock_version: 3 }]))
})

function ListBeside() {
  return <p>{useQuery(opportunitiesQuery({})).data?.results.map(({ name }) => name)}</p>
}

test('a list that is shown beside is read again after an action', async () => {
  let name = 'New'
  vi.stubGlobal('fetch', async ({ method }: Request) => {
    if (method === 'POST') name = 'On hold'
    return Response.json({ results: [{ name }] })
  })
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  const opportunity = { id: '7', lock_version: 3, allowed_actions: [offer({})] } as unknown as OpportunityDetail
  render(
    <QueryClientProvider client={cache}>
      <ListBeside />
      <ActionBar opportunity={opportunity} />
    </QueryClientProvider>,
  )
  await screen.findByText('New')
  await userEvent.click(screen.getByRole('button', { name: 'Put on hold' }))
  await userEvent.click(screen.getAllByRole('button', { name: 'Put on hold' }).at(-1) as HTMLElement)
  expect(await screen.findByText('On hold')).toBeTruthy()
})

test('nothing is sent while what is required is blank', async () => {
  const asked = vi.fn<() => Response>(() => Response.json({}))
  vi.stubGlobal('fetch', async () => asked())
  show([offer({ asks: ['reason', 'review_on'] })])
  await userEvent.click(screen.getByRole('button', { name: 'Put on hold' }))
  await userEvent.type(screen.getByLabelText(/^Reason/), '  ')
  await userEvent.click(screen.getAllByRole('button', { name: 'Put on hold' }).at(-1) as HTMLElement)
  expect(screen.getAllByText('Fill this in.')).toHaveLength(2)
  expect(asked).not.toHaveBeenCalled()
})

test('deciding other than the score recommends says so, and as it recommends does not', async () => {
  const approve = offer({ action: 'APPROVE', label: 'Approve' })
  show([approve], { isDeciding: true, computed: 'BID' })
  await userEvent.click(screen.getByRole('button', { name: 'Approve' }))
  expect(screen.queryByText(/override/)).toBeNull()
  await userEvent.keyboard('{Escape}')
  show([approve], { isDeciding: true, computed: 'NO_BID' })
  await userEvent.click(screen.getAllByRole('button', { name: 'Approve' }).at(-1) as HTMLElement)
  expect(screen.getByText(/override/)).toBeTruthy()
})
