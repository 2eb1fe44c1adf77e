import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Opportunity } from '@/api/types'
import { usePrunedSelection, useSelection } from './selection'

const [ONE, TWO] = ['1', '2'].map((id) => ({ id }) as Opportunity) as [Opportunity, Opportunity]

function selecting(list: string) {
  return renderHook((shown: string) => useSelection(shown), { initialProps: list })
}

const ids = (rows: Opportunity[]) => rows.map(({ id }) => id)

test('what is selected on one page is kept with what is selected on another', () => {
  const { result } = selecting('tab=all')
  act(() => result.current.set([ONE], true))
  act(() => result.current.toggle(TWO))
  expect(ids(result.current.rows)).toEqual(['1', '2'])
  act(() => result.current.toggle(ONE))
  expect(ids(result.current.rows)).toEqual(['2'])
})

test('another list shows nothing as selected, and acts on nothing of the one before', () => {
  const { result, rerender } = selecting('tab=all')
  act(() => result.current.set([ONE], true))
  rerender('tab=closed')
  expect(result.current.rows).toEqual([])
  act(() => result.current.set([TWO], true))
  expect(ids(result.current.rows)).toEqual(['2'])
})

test('a row that left its page is forgotten, one of another page is not', () => {
  const { result, rerender } = renderHook(
    ({ page, rows }) => {
      const selection = useSelection('tab=all')
      usePrunedSelection(selection, rows, page)
      return selection
    },
    { initialProps: { page: '1', rows: [ONE] } },
  )
  act(() => result.current.set([ONE], true))
  rerender({ page: '2', rows: [TWO] })
  act(() => result.current.set([TWO], true))
  expect(ids(result.current.rows)).toEqual(['1', '2'])
  rerender({ page: '2', rows: [] })
  expect(ids(result.current.rows)).toEqual(['1'])
})
