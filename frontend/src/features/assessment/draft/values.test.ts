import { expect, test } from 'vitest'
import template from '../../../../../assessments/migrations/standard_template.json'
import type { Content } from '../types'
import { saveOf, unreadable } from './values'

const content = template as unknown as Content
const RIVAL = { name: 'Rival', strength: '', weakness: '' }
const BLANK = { name: ' ', strength: '', weakness: '' }

test.each([
  ['12,5', '12.5'],
  ['12.5', '12.5'],
  ['1.234,56', '1234.56'],
])('a bid cost of %s is sent as %s', (typed, sent) => {
  expect(saveOf(content, { bid_cost: typed }, 1).recorded).toEqual({ bid_cost: sent })
})

test('what can be read in two ways, or in none, is said and not sent', () => {
  const faults = unreadable({ bid_cost: '1.234', bid_effort_days: 'a week', lessons: '1.234' })
  expect(Object.keys(faults)).toEqual(['bid_effort_days', 'bid_cost'])
  expect(faults.bid_cost).toMatch(/^1\.234 can mean two numbers/)
})

test('a competitor without a name holds the list back, a blank row does not', () => {
  expect(unreadable({ competitors: [RIVAL, { ...BLANK, strength: 'Cheap' }] })).toHaveProperty('competitors')
  expect(unreadable({ competitors: [RIVAL, BLANK] })).toEqual({})
  expect(saveOf(content, { competitors: [RIVAL, BLANK] }, 1).recorded).toEqual({ competitors: [RIVAL] })
})
