import { expect, test } from 'vitest'
import { aRun } from './a-run.test.helper'
import { remarksOf } from './remarks'

test('a run that met nothing strange has nothing to say', () => {
  expect(remarksOf(aRun())).toEqual([])
})

test('what it said comes before what it met', () => {
  const run = aRun({
    remarks: ['Ask an administrator.', 'Ask an administrator.'],
    absent_attributes: ['PartyName1', 'WinProb'],
    unmapped_statuses: ['NO_SALE'],
    unmapped_attributes: ['Own_c'],
  })
  expect(remarksOf(run)).toEqual([
    'Ask an administrator.',
    'Missing from the CRM, left unchanged: PartyName1, WinProb',
    'Unknown status, counted as open: NO_SALE',
    'In the CRM but not mapped: Own_c',
  ])
})

test('of many names the first ten are told', () => {
  const names = Array.from({ length: 1_212 }, (_, place) => `Own${place}_c`)
  const [sentence] = remarksOf(aRun({ unmapped_attributes: names }))
  expect(sentence).toMatch(/Own9_c and 1,202 more$/)
})
