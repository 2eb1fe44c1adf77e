import { describe, expect, test } from 'vitest'
import {
  directionOf,
  EMPTY_SEARCH,
  fromText,
  hasFilters,
  isViewAlone,
  readSearch,
  toText,
  withFilter,
  withOrder,
  writeSearch,
} from './search'

const ADDRESS = {
  tab: 'unassigned',
  search: '662E41',
  ordering: '-deal_value',
  group: 'sector',
  page: '3',
  view: '7',
  row: '300000000000001234',
  geo: ['EMEA', 'APAC'],
  overdue: ['true'],
}

describe('the address of the list', () => {
  test('is written as it was read', () => {
    expect(writeSearch(readSearch(ADDRESS))).toEqual(ADDRESS)
  })

  test('leaves out what is as ever', () => {
    expect(writeSearch(readSearch({ tab: '', page: '1' }))).toEqual({})
    expect(readSearch({ page: 'x' }).page).toBe(1)
  })

  test('as a text has only what narrows, sorts and groups, and comes back', () => {
    const text = toText(readSearch(ADDRESS))
    expect(text).toBe('tab=unassigned&search=662E41&ordering=-deal_value&group=sector&geo=EMEA&geo=APAC&overdue=true')
    expect(toText(fromText(text))).toBe(text)
  })

  test('with a filter begins at the first page with no row open', () => {
    const search = withFilter(readSearch(ADDRESS), 'geo', ['EMEA'])
    expect(search).toMatchObject({ page: 1, row: '', filters: { geo: ['EMEA'] } })
    expect(withFilter(search, 'geo', []).filters).toEqual({ overdue: ['true'] })
  })

  test('tells a search or a filter from a mere tab', () => {
    expect(hasFilters(readSearch({ tab: 'all', ordering: 'name' }))).toBe(false)
    expect(hasFilters(readSearch({ search: 'x' }))).toBe(true)
    expect(hasFilters(readSearch({ geo: 'EMEA' }))).toBe(true)
  })
})

describe('sorting', () => {
  test('goes up, down, and away', () => {
    const up = withOrder(EMPTY_SEARCH, 'name', false)
    const down = withOrder(up, 'name', false)
    expect([up.ordering, down.ordering]).toEqual(['name', '-name'])
    expect(withOrder(down, 'name', false).ordering).toBe('')
  })

  test('by another column replaces the first, or comes after it', () => {
    const first = withOrder(EMPTY_SEARCH, 'geo', false)
    expect(withOrder(first, 'name', false).ordering).toBe('name')
    const both = withOrder(first, 'name', true)
    expect(both.ordering).toBe('geo,name')
    expect(directionOf(withOrder(both, 'name', true), 'name')).toBe('descending')
    expect(directionOf(both, 'customer')).toBeNull()
  })
})

test('an address of a view alone leaves everything to the view; with a filter it is a list of its own', () => {
  expect(isViewAlone(readSearch({ view: '7' }))).toBe(true)
  expect(isViewAlone(readSearch({ view: '7', geo: 'EMEA' }))).toBe(false)
  expect(isViewAlone(readSearch({}))).toBe(false)
})
