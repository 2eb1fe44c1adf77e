import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Suspense } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { opportunityKeys } from '@/api/queries'
import type { Me } from '@/api/types'
import { sessionQuery } from '@/features/session/session'
import { renderInRouter } from '@/lib/render-in-router.test.helper'
import ReviewPage from './ReviewPage'

const offer = (action: string, label: string) => {
  return { action, label, path: `actions/${action}`, target: '', is_allowed: true, guard: '', refusal: '', asks: [], may_ask: [] }
}
const OPPORTUNITY = {
  id: '7',
  lock_version: 1,
  name: 'Rail',
  currency: 'EUR',
  workflow_status: 'IN_REVIEW',
  due_at: null,
  removed_in_crm_at: null,
  allowed_actions: [offer('RETURN', 'Return'), offer('APPROVE', 'Approve')],
}
const CRITERIA = [{ code: 'FIT', name: 'Fit', weight: 1, question: 'Does it fit?', is_gate: false, anchors: {} }]
const VERSION = {
  score: '50',
  recommendation: 'BID',
  sa_recommendation: 'BID',
  sa_reason: '',
  confidence: null,
  answers: {},
  knockouts: {},
  scoring: { score: '50', best_case: '50', recommendation: 'BID', caps: [] },
  content: { bands: [], knockouts: [], groups: [{ code: 'A', name: 'Fit', criteria: CRITERIA }] },
}
const ME = { id: '1', rights: { decide: true } } as unknown as Me
const BOX = 'Review comment on FIT'
let newest: number

function answerOf(path: string): unknown {
  if (path.endsWith('/assessments')) return { results: [{ version_no: newest, submitted_at: '2027-01-01T00:00:00Z' }] }
  if (/assessments\/\d+$/.test(path)) return VERSION
  if (path.endsWith('/review-threads')) return []
  if (path === '/api/opportunities') return { count: 0, results: [] }
  return path.startsWith('/api/opportunities/') ? OPPORTUNITY : { preferences: {} }
}

beforeEach(() => {
  newest = 1
  localStorage.clear()
  vi.stubGlobal('fetch', async ({ url }: Request) => Response.json(answerOf(new URL(url).pathname)))
})
afterEach(() => {
  localStorage.clear()
  vi.unstubAllGlobals()
})

/** Open the page anew, and return its cache. */
async function open() {
  cleanup()
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  cache.setQueryData(sessionQuery.queryKey, ME)
  await renderInRouter(
    <QueryClientProvider client={cache}>
      <Suspense>
        <ReviewPage />
      </Suspense>
    </QueryClientProvider>,
  )
  await screen.findByLabelText(BOX)
  return cache
}

const typed = () => (screen.getByLabelText(BOX) as HTMLTextAreaElement).value

test('a review comment comes back with a notice, and not on the next version', async () => {
  const cache = await open()
  await userEvent.type(screen.getByLabelText(BOX), 'Proven?')
  newest = 2
  await act(() => cache.invalidateQueries({ queryKey: opportunityKeys.all }))
  await waitFor(() => expect(typed()).toBe(''))
  newest = 1
  await open()
  expect(typed()).toBe('Proven?')
  expect(screen.getByText(/^Restored your text/)).toBeTruthy()
})

test('a review comment is gone after any decision', async () => {
  await open()
  await userEvent.type(screen.getByLabelText(BOX), 'Proven?')
  await userEvent.click(screen.getByRole('button', { name: 'Approve' }))
  await userEvent.click(screen.getAllByRole('button', { name: 'Approve' }).at(-1) as HTMLElement)
  await waitFor(() => expect(typed()).toBe(''))
  await open()
  expect(typed()).toBe('')
})

test('a comparison that could not be loaded leaves the answers, and is loaded again on demand', async () => {
  let asked = 0
  const older = { version_no: 1, submitted_at: '2026-12-01T00:00:00Z' }
  vi.stubGlobal('fetch', async ({ url }: Request) => {
    const { pathname } = new URL(url)
    if (pathname.endsWith('/assessments')) return Response.json({ results: [{ ...older, version_no: 2 }, older] })
    if (!pathname.endsWith('/compare')) return Response.json(answerOf(pathname))
    asked += 1
    return new Response('', { status: 400 })
  })
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(asked).toBe(2))
})
