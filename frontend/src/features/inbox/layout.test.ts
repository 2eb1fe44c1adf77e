import { expect, test } from 'vitest'
import { columnsOf, DEFAULT_LAYOUT, moved } from './layout'

test('number and name lead, whatever was chosen', () => {
  const columns = columnsOf({ ...DEFAULT_LAYOUT, columns: ['geo', 'name'] })
  expect(columns.map((column) => column.id)).toEqual(['opty_number', 'name', 'geo'])
})

test('a column that no longer exists is left out', () => {
  const columns = columnsOf({ ...DEFAULT_LAYOUT, columns: ['gone' as never, 'geo'] })
  expect(columns.map((column) => column.id)).toEqual(['opty_number', 'name', 'geo'])
})

test('a chosen width scales the first one', () => {
  const [, name] = columnsOf({ ...DEFAULT_LAYOUT, widths: { name: 'wide' } })
  const [, before] = columnsOf(DEFAULT_LAYOUT)
  expect(name?.width).toBeGreaterThan(before?.width ?? 0)
})

test('a column moves by one, and not past the ends', () => {
  expect(moved(['geo', 'stage', 'score'], 'score', -1)).toEqual(['geo', 'score', 'stage'])
  expect(moved(['geo', 'stage'], 'geo', -1)).toEqual(['geo', 'stage'])
})
