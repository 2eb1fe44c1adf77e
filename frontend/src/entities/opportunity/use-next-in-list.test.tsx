import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { useNextInList } from './use-next-in-list'

afterEach(() => vi.unstubAllGlobals())

function Around({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
}

async function nextAfter(id: string, rows: string[]) {
  vi.stubGlobal('fetch', async () => Response.json({ count: rows.length, results: rows.map((row) => ({ id: row })) }))
  const { result } = renderHook(() => useNextInList(id, { tab: 'my_queue' }), { wrapper: Around })
  expect(result.current.isLoaded).toBe(false)
  await waitFor(() => expect(result.current.isLoaded).toBe(true))
  return result.current.next?.id
}

test.each([
  ['the second leads to the third', '2', ['1', '2', '3'], '3'],
  ['the last leads to the first', '3', ['1', '2', '3'], '1'],
  ['one that left the list leads to its first', '9', ['1', '2'], '1'],
  ['the only one leads nowhere', '1', ['1'], undefined],
])('%s', async (_, id, rows, next) => {
  expect(await nextAfter(id, rows)).toBe(next)
})
