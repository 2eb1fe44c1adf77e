import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Opportunity } from '@/api/types'
import { renderInRouter } from '@/lib/render-in-router.test.helper'
import { NameCell } from './NameCell'

function show(row: Partial<Opportunity>) {
  const all = { name: 'Big data', customer: null, is_changed_since: true, unseen_fields: [], ...row }
  return renderInRouter(<NameCell row={all as unknown as Opportunity} from="" />)
}

test('which fields the CRM changed is heard on the marker, and read by keyboard', async () => {
  await show({ unseen_fields: ['deal_value', 'close_date'] })
  await userEvent.tab()
  const said = 'Changed in the CRM since you last looked: Value, Close date'
  const marker = screen.getByRole('button', { name: said })
  expect(document.activeElement).toBe(marker)
  await userEvent.keyboard('{Enter}')
  expect(screen.getByRole('dialog').textContent).toBe(said)
  await userEvent.keyboard('{Escape}')
  expect(document.activeElement).toBe(marker)
})

test('what people changed is marked without fields, what nobody changed not at all', async () => {
  await show({})
  expect(screen.getByText('Changed since you last looked')).toBeTruthy()
  await show({ name: 'Old data', is_changed_since: false })
  expect(screen.getAllByText('Changed since you last looked')).toHaveLength(1)
})
