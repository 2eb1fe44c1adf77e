import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useApiMutation } from './mutation'
import { usePulse } from './pulse'
import { dashboardQuery, opportunitiesQuery, opportunityQuery, syncStatusQuery, unreadQuery } from './queries'

const LIST = '/api/opportunities'
const [DEAL, OTHER] = [`${LIST}/7`, `${LIST}/8`]

/** What the server keeps: the pulse's cursor is how much it had told. */
let moved: string[] = []
let counts = { sync: 0, bell: 0 }
let asked: string[] = []
let refusal: Response | null = null
/** How long an answer takes on its way. */
let delay = { [LIST]: 0, '/api/pulse': 0 } as Record<string, number>

const readings = (path: string) => asked.filter((each) => each === path).length

async function answer({ url }: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(url)
  asked.push(pathname)
  if (refusal && pathname === '/api/pulse') return refusal.clone()
  // A pulse is slow to arrive, all else slow to come back.
  const isPulse = pathname === '/api/pulse'
  const wait = () => (delay[pathname] ? new Promise((resolve) => setTimeout(resolve, delay[pathname])) : null)
  if (isPulse) await wait()
  const deals = moved.slice(Number(searchParams.get('after') ?? moved.length))
  const many = deals.includes('many')
  const pulse = { cursor: String(moved.length), deals: many ? null : deals, sync: `${counts.sync}`, bell: `${counts.bell}` }
  const told = isPulse ? pulse : { count: moved.length, results: [] }
  if (!isPulse) await wait()
  return Response.json(told)
}

let cache: QueryClient

function Shown({ hasFigures }: { hasFigures: boolean }) {
  usePulse()
  useQuery(opportunitiesQuery({}))
  useQuery(opportunityQuery('7'))
  useQuery(opportunityQuery('8'))
  useQuery(unreadQuery)
  useQuery(syncStatusQuery)
  const change = useApiMutation(async () => void moved.push('7'), { stale: ['opportunities', 'dashboard'] })
  return (
    <>
      <button type="button" onClick={() => change.mutate()}>
        Change
      </button>
      {hasFigures && <Figures />}
    </>
  )
}

function Figures() {
  useQuery(dashboardQuery({}))
  return null
}

const page = (hasFigures = false) => (
  <QueryClientProvider client={cache}>
    <Shown hasFigures={hasFigures} />
  </QueryClientProvider>
)

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000))
/** Forget what was asked until now, once nothing is read again for its age. */
async function settled() {
  await pass(10)
  asked = []
}

function see(state: 'visible' | 'hidden') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', answer)
  cache = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false } } })
  moved = []
  counts = { sync: 0, bell: 0 }
  asked = []
  refusal = null
  delay = {}
})

afterEach(() => {
  cleanup()
  cache.clear()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a deal that moved is read again, with the lists and nothing else', async () => {
  render(page())
  await settled()
  moved.push('7')
  await pass(2)
  expect([LIST, DEAL, OTHER].map(readings)).toEqual([1, 1, 0])
  expect(asked.filter((path) => !path.startsWith(LIST) && path !== '/api/pulse')).toEqual([])
})

test('what is not shown is read when it is', async () => {
  const { rerender } = render(page(true))
  await settled()
  rerender(page(false))
  moved.push('7')
  await pass(30)
  expect(readings('/api/dashboard')).toBe(0)
  rerender(page(true))
  await pass(0)
  expect(readings('/api/dashboard')).toBe(1)
})

test('where anything may have moved every deal is read again', async () => {
  render(page())
  await settled()
  moved.push('many')
  await pass(2)
  expect([LIST, DEAL, OTHER].map(readings)).toEqual([1, 1, 1])
})

test('runs and the bell are read again by themselves', async () => {
  render(page())
  await settled()
  counts.sync += 1
  await pass(2)
  counts.bell += 1
  await pass(2)
  expect(asked.filter((path) => path !== '/api/pulse')).toEqual(['/api/sync-status', '/api/notifications/unread'])
})

test('a hidden tab is silent, and asks at once when it is seen again', async () => {
  render(page())
  await settled()
  see('hidden')
  moved.push('7')
  await pass(600)
  expect(asked).toEqual([])
  see('visible')
  await pass(0.1)
  expect([readings('/api/pulse'), readings(LIST), readings(DEAL)]).toEqual([1, 1, 1])
})

test('what changed before the first pulse, or while something was on its way, is not missed', async () => {
  delay = { [LIST]: 300, '/api/pulse': 600 }
  render(page())
  await pass(0.5)
  moved.push('7')
  await pass(10)
  expect(cache.getQueryData(opportunitiesQuery({}).queryKey)?.count).toBe(1)
  expect(readings(LIST)).toBe(2)
  delay = { [LIST]: 6000 }
  moved.push('8')
  await pass(2.5)
  moved.push('9')
  await pass(20)
  expect(cache.getQueryData(opportunitiesQuery({}).queryKey)?.count).toBe(3)
})

test('a burst of changes reads a list every few seconds, and once more after its end', async () => {
  render(page())
  await settled()
  for (let second = 0; second < 60; second += 1) {
    moved.push(String(second))
    await pass(1)
  }
  expect(readings(LIST)).toBeLessThanOrEqual(60 / 4)
  await pass(6)
  expect(cache.getQueryData(opportunitiesQuery({}).queryKey)?.count).toBe(60)
})

test('a server in trouble is asked less, and followed again when it is well', async () => {
  render(page())
  await settled()
  refusal = Response.json({ code: 'unavailable' }, { status: 503, headers: { 'Retry-After': '20' } })
  await pass(60)
  expect(readings('/api/pulse')).toBeLessThanOrEqual(4)
  refusal = null
  moved.push('7')
  await pass(20)
  expect(cache.getQueryData(opportunitiesQuery({}).queryKey)?.count).toBe(1)
  asked = []
  await pass(20)
  expect(readings('/api/pulse')).toBe(10)
})

test('while a menu, a dialog or an editor is open what lies under it stays', async () => {
  render(page())
  await settled()
  const menu = document.body.appendChild(document.createElement('div'))
  menu.setAttribute('role', 'menu')
  moved.push('7')
  counts.bell += 1
  await pass(60)
  expect([LIST, DEAL, '/api/notifications/unread'].map(readings)).toEqual([0, 0, 1])
  menu.remove()
  await pass(2)
  expect([LIST, DEAL].map(readings)).toEqual([1, 1])
})

test('a change of one’s own is read again once', async () => {
  render(page())
  await settled()
  await pass(0.5)
  fireEvent.click(screen.getByRole('button'))
  await pass(30)
  expect([LIST, DEAL].map(readings)).toEqual([1, 1])
})
