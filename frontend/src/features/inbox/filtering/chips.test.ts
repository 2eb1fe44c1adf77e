import { expect, test } from 'vitest'
import { chipsOf } from './chips'
import { readSearch } from './search'

const labels = (plain: Record<string, string | string[]>, names = {}) =>
  chipsOf(readSearch(plain), names).map((chip) => chip.label)

test('each value is a chip in words', () => {
  expect(labels({ workflow_status: ['IN_REVIEW', 'NEW'], overdue: 'true', search: 'rail' })).toEqual([
    'Search: rail',
    'State: In review',
    'State: New',
    'Overdue',
  ])
  expect(labels({ removed: 'false', decision: 'NO_BID', deciding_band: 'HIGH', sector: 'Rail' })).toEqual([
    'Not: No longer in CRM',
    'Decision: No bid',
    'Band when decided: High',
    'Sector: Rail',
  ])
  expect(labels({ entered_before: '2027-03-01T00:00:00Z' })).toEqual([
    'Entered its state before: 1 Mar 2027, 00:00',
  ])
  expect(labels({ entered_before: '-48h', bid_due_to: '7d', close_date_from: '0d', customer: '7d' })).toEqual([
    'Entered its state before: 48 hours ago',
    'Bid due on or before: in 7 days',
    'Close date on or after: today',
    'Customer: 7d',
  ])
})

test('people have their names, and so have me and nobody', () => {
  expect(labels({ assigned_sa: '7' }, { 7: 'Ada' })).toEqual(['SA: Ada'])
  expect(labels({ assigned_sa: ['me'] })).toEqual(['SA: Me'])
})

test('what a figure of the dashboard counts is a chip in words, too', () => {
  expect(labels({ age: '11', reached: 'started', first_answer: 'in_time', reason_code: 'PRICE', rated: 'PRICE' }, { PRICE: 'Too dear', 'rated PRICE': 'Price position' })).toEqual([
    'Working days in state: over 10 days',
    'Reached: First answer',
    'First answer: On time',
    'Reason: Too dear',
    'Rated criterion: Price position',
  ])
})

test('a further attribute of the CRM has the label that the server gives it', () => {
  expect(labels({ 'extra.Region_c': 'North' })).toEqual(['Region: North'])
})

test('a filter of which only the server knows is shown as it is called', () => {
  expect(labels({ utm_source: 'mail' })).toEqual(['utm source: mail'])
})

test('without a chip the list has the other values of it', () => {
  const [first] = chipsOf(readSearch({ geo: ['EMEA', 'APAC'], page: '4' }), {})
  expect(first?.without).toMatchObject({ filters: { geo: ['APAC'] }, page: 1 })
})
