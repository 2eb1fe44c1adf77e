import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { useEntries } from './use-entries'

const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={cache}>{children}</QueryClientProvider>
const read = (query: Record<string, string>) =>
  renderHook(() => useEntries(query, '2026-11-30', '2027-01-03'), { wrapper })

afterEach(() => {
  cache.clear()
  vi.unstubAllGlobals()
})

test('the calendar asks for its own days, whatever dates the list is filtered by', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async ({ url }: Request) => {
    asked.push(new URL(url).search)
    return Response.json({ count: 0, results: [] })
  })
  const { result } = read({ geo: 'EMEA', bid_due_from: '2020-01-01', due_before: '2020-01-31T00:00:00Z' })
  expect(result.current.hasDateFilter).toBe(true)
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  for (const each of asked) {
    expect(each).toContain('geo=EMEA')
    expect(each).not.toContain('2020')
  }
  expect(asked[0]).toContain('bid_due_from=2026-11-30&bid_due_to=2027-01-03')
})

test('what is shown stays where asking again fails', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ count: 0, results: [] }))
  const { result, rerender } = read({})
  await vi.waitFor(() => expect(result.current.isPending).toBe(false))
  vi.stubGlobal('fetch', async () => Response.json({}, { status: 500 }))
  await cache.refetchQueries()
  expect(cache.getQueryCache().getAll().map(({ state }) => state.status)).toEqual(['error', 'error'])
  rerender()
  expect([result.current.error, result.current.hasDateFilter]).toEqual([undefined, false])
})
