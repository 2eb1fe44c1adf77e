import { expect, test } from 'vitest'
import { chipsOf } from './chips'
import { groupsToEdit, withGroups } from './groups'
import { EVERYTHING, fromText, toText, withFilter } from './search'

const cloud = withFilter(withFilter(EVERYTHING, 'practice', ['Cloud & Data']), 'geo', ['EMEA'])
const late = withFilter(EVERYTHING, 'overdue', ['true'])
const search = withGroups(withFilter(EVERYTHING, 'stage', ['Won']), [cloud, EVERYTHING, late])

test('groups go into the address and come back, those that narrow nothing left out', () => {
  const again = fromText(toText(search))
  expect(again.filters.either).toEqual(['practice=Cloud+%26+Data&geo=EMEA', 'overdue=true'])
  expect(groupsToEdit(again)).toEqual([cloud, late])
  expect(groupsToEdit(EVERYTHING)).toEqual([EVERYTHING, EVERYTHING])
})

test('each group is one chip in words, and goes alone', () => {
  const chips = chipsOf(search, {})
  expect(chips.map((chip) => chip.label)).toEqual([
    'Stage: Won',
    'Any of: Practice: Cloud & Data, Geography: EMEA',
    'or: Overdue',
  ])
  expect(chips[1]?.without.filters).toEqual({ stage: ['Won'], either: ['overdue=true'] })
})
