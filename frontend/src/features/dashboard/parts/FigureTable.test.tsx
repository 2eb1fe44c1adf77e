import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderInRouter } from '@/lib/render-in-router.test.helper'
import { BarTable } from './BarTable'
import { Widget } from './Widget'

test('figures are a table named for their widget, each with its row, column and list', async () => {
  const figure = { name: 'a', count: 5, label: 'In review', filter: { workflow_status: ['IN_REVIEW'] } }
  await renderInRouter(
    <Widget title="Pipeline">
      <BarTable heads={{ row: 'State', more: ['Value'] }} rows={[{ figure, more: ['EUR 2m'] }]} />
    </Widget>,
  )
  expect(screen.getByRole('table', { name: 'Pipeline' })).toBeTruthy()
  expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['State', 'Count', 'Value'])
  expect(screen.getByRole('rowheader', { name: 'In review' })).toBeTruthy()
  expect(screen.getByRole('link', { name: /^5: In review/ }).getAttribute('href')).toContain('IN_REVIEW')
})
