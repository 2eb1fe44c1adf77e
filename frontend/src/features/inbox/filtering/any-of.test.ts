import { expect, test } from 'vitest'
import { chipsOf } from './chips'
import { groupsToEdit, withGroups } from './any-of'
import { EMPTY_SEARCH, fromText, toText, withFilter } from './search'

const cloud = withFilter(withFilter(EMPTY_SEARCH, 'practice', ['Cloud & Data']), 'geo', ['EMEA'])
const late = withFilter(EMPTY_SEARCH, 'overdue', ['true'])
const search = withGroups(withFilter(EMPTY_SEARCH, 'stage', ['Won']), [cloud, EMPTY_SEARCH, late])

test('groups go into the address and come back, those that narrow nothing left out', () => {
  const again = fromText(toText(search))
  expect(again.filters.either).toEqual(['practice=Cloud+%26+Data&geo=EMEA', 'overdue=true'])
  expect(groupsToEdit(again)).toEqual([cloud, late])
  expect(groupsToEdit(EMPTY_SEARCH)).toEqual([EMPTY_SEARCH, EMPTY_SEARCH])
})

test('each group is one chip in words, and goes alone', () => {
  const chips = chipsOf(search, {})
  expect(chips.map((chip) => chip.label)).toEqual([
    'Sales stage: Won',
    'Any of: Practice: Cloud & Data, Geography: EMEA',
    'or: Overdue',
  ])
  expect(chips[1]?.without.filters).toEqual({ stage: ['Won'], either: ['overdue=true'] })
})
