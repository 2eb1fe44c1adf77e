import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { fieldsQuery, opportunityKeys } from '@/api/queries'
import { renderInRouter } from '@/lib/render-in-router.test.helper'
import { EMPTY_SEARCH } from '../filtering/search'
import type { Layout } from '../layout/layout'
import { List } from './List'

const ROW = { id: '7', name: 'Mobile core', workflow_status: 'IN_REVIEW', clock: 'NONE', score: null, currency: 'EUR', deal_value: '1000', unseen_fields: [] }
const LAYOUT = { columns: [], density: 'compact' } as unknown as Layout

afterEach(() => vi.unstubAllGlobals())

/** Press the keys that put the cursor on the first row and preview it. */
async function previewedByKeys(isPhone: boolean) {
  const go = vi.fn<() => void>()
  const rows = [ROW]
  const media = { matches: isPhone, addEventListener: () => {}, removeEventListener: () => {} }
  vi.stubGlobal('matchMedia', () => media)
  vi.stubGlobal('fetch', async () => Response.json({ count: rows.length, results: rows, values: [] }))
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  cache.setQueryData(fieldsQuery.queryKey, { actions: [], limits: { bulk_rows: 500 } } as never)
  const rights = { assign: false, hold: true }
  const more = { actions: () => null, hasShortcuts: true, onSearch: () => {}, onHelp: () => {} }
  await renderInRouter(
    <QueryClientProvider client={cache}>
      <List search={EMPTY_SEARCH} go={go} layout={LAYOUT} rights={rights} {...more} />
    </QueryClientProvider>,
  )
  await screen.findByLabelText('Select Mobile core')
  await userEvent.keyboard('jpx')
  return { go, cache, rows, isSelected: screen.getByLabelText<HTMLInputElement>('Select Mobile core').checked }
}

test('single keys act on the row of the cursor', async () => {
  const { go, isSelected } = await previewedByKeys(false)
  expect(go).toHaveBeenCalledWith({ ...EMPTY_SEARCH, row: '7' }, 'replace')
  expect(isSelected).toBe(true)
})

test('on a phone, where no cursor is seen, they do nothing', async () => {
  const { go, isSelected } = await previewedByKeys(true)
  expect(go).not.toHaveBeenCalled()
  expect(isSelected).toBe(false)
})

test.each([false, true])('a row stays what it was where another one comes before it, on a phone: %s', async (isPhone) => {
  const { cache, rows } = await previewedByKeys(isPhone)
  const box = screen.getByLabelText('Select Mobile core')
  rows.unshift({ ...ROW, id: '8', name: 'Rail' })
  await cache.invalidateQueries({ queryKey: opportunityKeys.all })
  await screen.findByLabelText('Select Rail')
  expect(screen.getByLabelText('Select Mobile core')).toBe(box)
})
