// @vitest-environment node
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const OURS = readFileSync('src/styles/tokens.css', 'utf8')
const ADMINS = readFileSync('../bqs/static/bqs/colours.css', 'utf8')

/** What a colour is called here and in the admin. */
const NAMES: Record<string, string> = {
  panel: 'panel',
  subtle: 'hover',
  selected: 'selected',
  text: 'text',
  muted: 'muted',
  control: 'control',
  line: 'line',
  accent: 'accent',
  'on-accent': 'on-accent',
  new: 'blue',
  assessing: 'indigo',
  reviewing: 'violet',
  good: 'green',
  warning: 'amber',
  bad: 'red',
  'chart-1': 'series-1',
  'chart-2': 'series-2',
  'chart-3': 'series-3',
  'chart-4': 'series-4',
  bid: 'series-3',
  conditional: 'series-4',
  'no-bid': 'series-2',
}

test.each(['light', 'dark'] as const)('every colour is the same here and in the admin, %s', (theme) => {
  const [ours, theirs] = [oursIn(theme), theirsIn(theme)]
  expect(Object.keys(NAMES).map((name) => [name, ours(name)])).toEqual(
    Object.entries(NAMES).map(([name, there]) => [name, theirs(there)]),
  )
})

function oursIn(theme: 'light' | 'dark') {
  const found = Object.fromEntries([...OURS.matchAll(/--([\w-]+): (.+);/g)].map(([, name = '', value = '']) => [name, value]))
  const resolve = (name: string): string | undefined => {
    const value = found[name] ?? ''
    const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1]
    if (other) return resolve(other)
    return /light-dark\((#\w+), (#\w+)\)/.exec(value)?.[theme === 'light' ? 1 : 2]
  }
  return resolve
}

function theirsIn(theme: 'light' | 'dark') {
  const [light = '', dark = ''] = ADMINS.split('.dark {')
  const found = Object.fromEntries(
    [...`${light}${theme === 'dark' ? dark : ''}`.matchAll(/--bqs-([\w-]+): (.+);/g)].map(([, name = '', value = '']) => [name, value]),
  )
  return (name: string): string | undefined => found[name]
}
