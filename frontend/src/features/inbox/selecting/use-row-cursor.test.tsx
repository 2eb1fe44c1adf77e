import { createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import type { Opportunity } from '@/api/types'
import { useRowCursor } from './use-row-cursor'

const router = createRouter({ routeTree: createRootRoute() })
const wrapper = ({ children }: { children: ReactNode }) => (
  <RouterContextProvider router={router}>{children}</RouterContextProvider>
)
const rows = (ids: string) => [...ids].map((id) => ({ id }) as Opportunity)

function moving(ids: string) {
  return renderHook(({ shown, page }) => useRowCursor(shown, 'tab=all', page), {
    initialProps: { shown: rows(ids), page: 1 },
    wrapper,
  })
}

test('the cursor goes with its row, and stays in its place where the row left the list', () => {
  const { result, rerender } = moving('abcd')
  act(() => result.current.next())
  act(() => result.current.next())
  expect(result.current.row?.id).toBe('b')
  rerender({ shown: rows('xabcd'), page: 1 })
  expect([result.current.row?.id, result.current.place]).toEqual(['b', 2])
  rerender({ shown: rows('acd'), page: 1 })
  expect(result.current.row?.id).toBe('c')
  act(() => result.current.next())
  expect(result.current.row?.id).toBe('d')
})

test('another page begins without it', () => {
  const { result, rerender } = moving('abcd')
  act(() => result.current.next())
  rerender({ shown: rows('wxyz'), page: 2 })
  expect(result.current.row).toBeUndefined()
  act(() => result.current.next())
  expect(result.current.row?.id).toBe('w')
})
