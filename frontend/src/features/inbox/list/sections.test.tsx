import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { ListGroup, Opportunity } from '@/api/types'
import { GroupHeading } from './GroupHeading'
import { sectionsOf } from './sections'

const row = (sector: string | null, state = 'NEW', sa: { id: string; name: string } | null = null) =>
  ({ sector, workflow_status: state, assigned_sa: sa }) as Opportunity
const group = (value: string | null, count = 1): ListGroup => ({ value, count, values: [] })
const told = (rows: Opportunity[], by: string, groups?: ListGroup[]) =>
  sectionsOf(rows, by, groups).map(({ heading, rows: inside, start }) => [
    heading && `${heading.label} ${heading.group.count}`,
    start,
    inside.length,
  ])

test('each group begins where the one before ends, with what it has on all pages', () => {
  const rows = [row('Rail'), row('Rail'), row(null)]
  expect(told(rows, 'sector', [group('Rail', 40), group(null, 3)])).toEqual([
    ['Rail 40', 0, 2],
    ['No sector 3', 2, 1],
  ])
})

test('states and people go by their words, and who has nobody is said', () => {
  const ada = { id: '7', name: 'Ada' }
  const rows = [row('Rail', 'APPROVED', ada), row('Rail', 'APPROVED')]
  expect(told(rows, 'workflow_status', [group('APPROVED', 2)])).toEqual([['Bid 2', 0, 2]])
  expect(told(rows, 'assigned_sa', [group('7'), group(null)])).toEqual([
    ['Ada 1', 0, 1],
    ['Unassigned 1', 1, 1],
  ])
})

test('rows of the list before, which was not grouped so, stay without headings', () => {
  const rows = [row('Rail'), row('Energy')]
  expect(told(rows, 'sector', [group('EMEA')])).toEqual([[null, 0, 2]])
  expect(told(rows, '')).toEqual([[null, 0, 2]])
  expect(told(rows, 'colour', [])).toEqual([[null, 0, 2]])
})

test('a heading heads its rows, and adds no currency to another', () => {
  const values = [
    { currency: 'EUR', value: '3400000.00', count: 30 },
    { currency: 'USD', value: '1000.00', count: 10 },
  ]
  const heading = { label: 'Rail', group: { value: 'Rail', count: 40, values } }
  const { rerender } = render(<table><tbody><GroupHeading heading={heading} onPage={40} span={3} /></tbody></table>)
  const head = screen.getByRole('rowheader')
  expect(head.textContent?.replace(/\s/g, ' ')).toBe(
    'Rail 40 opportunities EUR 3.4m · USD 1.0k',
  )
  expect(head.getAttribute('scope')).toBe('rowgroup')
  rerender(<table><tbody><GroupHeading heading={heading} onPage={12} span={3} /></tbody></table>)
  expect(head.textContent).toContain('40 opportunities, 12 on this page')
})
