import { expect, test } from 'vitest'
import type { SavedView } from '@/api/types'
import { moved, shelvesOf } from './pins'

const view = (id: string, is_mine: boolean) => ({ id, is_mine }) as SavedView
const idsOf = (views: SavedView[]) => views.map(({ id }) => id).join('')

test('pinned views come in their own order, whosever they are, and stand nowhere else', () => {
  const views = [view('a', true), view('b', true), view('c', false), view('d', false)]
  const { pinned, mine, others } = shelvesOf(views, ['c', 'gone', 'a'])
  expect([idsOf(pinned), idsOf(mine), idsOf(others)]).toEqual(['ca', 'b', 'd'])
})

test('one moves by a place, and not past the ends', () => {
  expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
})
