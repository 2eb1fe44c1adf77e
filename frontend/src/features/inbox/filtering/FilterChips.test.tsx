import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { FilterChips } from './FilterChips'
import { NothingFound } from './NothingFound'
import { readSearch } from './search'

const PEOPLE = [
  { id: '7', name: 'Ada Lovelace', is_active: true },
  { id: '8', name: 'Grace Hopper', is_active: false },
]

afterEach(() => vi.unstubAllGlobals())

test('a list that names who left says so in its chips, and where it is empty', async () => {
  const asked = vi.fn<(request: Request) => void>()
  vi.stubGlobal('fetch', async (request: Request) => {
    asked(request)
    if (request.url.endsWith('/choices')) return Response.json({ rated: [{ name: 'FIT', label: 'Solution fit' }] })
    return Response.json({ count: 2, results: PEOPLE })
  })
  const search = readSearch({ assigned_sa: ['9', '8', 'none'], either: 'assigned_sa=7', rated: 'FIT' })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FilterChips search={search} go={() => {}} />
      <NothingFound search={search} go={() => {}} />
    </QueryClientProvider>,
  )
  for (const chip of ['SA: Someone who left', 'SA: Grace Hopper (left)', 'SA: Unassigned', 'Any of: SA: Ada Lovelace', 'Rated criterion: Solution fit']) {
    expect(await screen.findByText(chip)).toBeDefined()
  }
  expect(screen.getByText(/^SA: Someone who left, SA: Grace Hopper \(left\)/)).toBeDefined()
  const people = asked.mock.calls.map(([request]) => new URL(request.url).search).filter(Boolean)
  expect(people).toEqual(['?id=7&id=8&id=9'])
})
