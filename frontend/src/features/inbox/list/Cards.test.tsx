import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Opportunity } from '@/api/types'
import { renderInRouter } from '@/lib/render-in-router.test.helper'
import { Cards } from './Cards'

const ROW = {
  id: '7',
  name: 'Mobile core',
  customer: 'Northwind Rail',
  workflow_status: 'IN_REVIEW',
  clock: 'OK',
  due_at: null,
  score: '64.0',
  best_case: null,
  band: null,
  unseen_fields: [],
} as unknown as Opportunity

const NOTHING = { rows: [], has: () => false, set: () => {}, toggle: () => {}, clear: () => {} }

test('a card has name, customer, state and score, and its button opens the preview', async () => {
  const preview = vi.fn<(id: string) => void>()
  await renderInRouter(<Cards rows={[ROW]} groups={undefined} group="" from="" selection={NOTHING} onPreview={preview} isStale={false} />)
  const card = screen.getByRole('listitem').textContent
  for (const shown of ['Mobile core', 'Northwind Rail', 'In review', '64']) expect(card).toContain(shown)
  await userEvent.click(screen.getByRole('button', { name: 'Preview of Mobile core' }))
  expect(preview).toHaveBeenCalledWith('7')
})
