import { expect, test } from 'vitest'
import type { Opportunity } from '@/api/types'
import { dayOf, startOf } from '@/lib/format'
import { addMonths, dayByKey, isDay, monthGrid } from './days'
import { entriesByDay, folded } from './entries'

test('a month has whole weeks from Monday to Sunday', () => {
  const grid = monthGrid('2026-12-03')
  expect(grid.map((week) => [week[0], week[6]])).toEqual([
    ['2026-11-30', '2026-12-06'],
    ['2026-12-07', '2026-12-13'],
    ['2026-12-14', '2026-12-20'],
    ['2026-12-21', '2026-12-27'],
    ['2026-12-28', '2027-01-03'],
  ])
  expect(monthGrid('2027-02-14')).toHaveLength(4)
  expect(monthGrid('2026-08-01')).toHaveLength(6)
})

const led = (key: string) => dayByKey('2027-01-31', key)

test('keys lead to days, weeks and months; a shorter month ends earlier', () => {
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map(led)).toEqual(['2027-01-30', '2027-02-01', '2027-01-24', '2027-02-07'])
  expect(['Home', 'End', 'PageUp', 'PageDown'].map(led)).toEqual(['2027-01-25', '2027-01-31', '2026-12-31', '2027-02-28'])
  expect(led('a')).toBeNull()
  expect(addMonths('2027-03-31', 1)).toBe('2027-04-30')
})

test('a day in the address is one of the calendar', () => {
  expect(['2026-12-03', '2026-02-30', 'soon', ''].map(isDay)).toEqual([true, false, false, false])
  expect(dayOf(startOf('2026-12-03'))).toBe('2026-12-03')
})

function deal(more: Partial<Opportunity>): Opportunity {
  return { id: '7', clock: 'NONE', due_at: null, bid_due_on: null, decision: 'NONE', workflow_status: 'NEW', ...more } as Opportunity
}

test('a day has its clocks and bids; late are an overdue clock and an undecided bid of the past', () => {
  const clock = deal({ clock: 'OVERDUE', due_at: startOf('2026-12-02') })
  const decided = deal({ bid_due_on: '2026-12-02', decision: 'BID' })
  const late = deal({ bid_due_on: '2026-12-02' })
  const held = deal({ due_at: startOf('2026-12-02'), workflow_status: 'ON_HOLD' })
  const days = entriesByDay([decided, late], [clock, held], '2026-12-03')
  expect([...days.keys()]).toEqual(['2026-12-02'])
  expect(days.get('2026-12-02')?.map(({ kind, isOverdue }) => [kind, isOverdue])).toEqual([
    ['clock', true],
    ['bid', false],
    ['bid', true],
  ])
})

test('more than four a day are folded', () => {
  const entries = Array.from({ length: 9 }, () => ({ row: deal({}), kind: 'bid' as const, isOverdue: false }))
  expect([folded(entries).shown.length, folded(entries).others.length]).toEqual([4, 5])
  expect(folded(entries.slice(0, 4)).others).toEqual([])
})
