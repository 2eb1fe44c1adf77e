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
    'In state since before: 1 Mar 2027, 00:00',
  ])
  expect(labels({ entered_before: '-48h', bid_due_to: '7d', close_date_from: '0d', customer: '7d' })).toEqual([
    'In state since before: 48 hours ago',
    'Bid due to: in 7 days',
    'Close date from: today',
    'Customer: 7d',
  ])
})

test('people have their names, and so have me and nobody', () => {
  expect(labels({ assigned_sa: '7' }, { 7: 'Ada' })).toEqual(['SA: Ada'])
  expect(labels({ assigned_sa: ['me'] })).toEqual(['SA: Me'])
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
