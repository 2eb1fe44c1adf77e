/** One sentence for each question of the dashboard, from the same figures as its pictures. Pure. */

import { bandLabel } from '@/entities/opportunity/catalogue'
import { formatCount, formatPercent } from '@/lib/format'
import { words } from './strings'
import type { DashboardFigures } from './types'
import { AT_WORK } from './filter'

/** Say what came in, what was decided, and where most waits. */
export function flowFinding({ funnel, decisions, pipeline }: DashboardFigures): string {
  const came = funnel[0]?.count ?? 0
  const decided = decisions.reduce((sum, { count }) => sum + count, 0)
  const sentence = words.flowFinding(formatCount(came), formatCount(decided))
  const waiting = pipeline.filter(({ name }) => AT_WORK.includes(name))
  const [most] = waiting.toSorted((one, other) => other.count - one.count)
  if (!most || most.count === 0) return sentence
  return `${sentence} ${words.mostWait(formatCount(most.count), most.label)}`
}

/** Say how many have too much, and who has most. */
export function loadFinding({ load: { people, limit } }: DashboardFigures): string {
  const [most] = people
  if (!most) return words.nobodyWorks
  const over = people.filter(({ count }) => count > limit).length
  const full = formatCount(limit)
  const sentence = over === 0 ? words.nobodyOver(full) : words.over(over, formatCount(people.length), full)
  return `${sentence} ${words.hasMost(most.label, formatCount(most.count))}`
}

/** Say how the best band did, and how often decisions went against the score. */
export function qualityFinding({ win_rate: bands, decisions }: DashboardFigures): string {
  const told = bands.find(({ percent }) => percent !== null)
  const won = told ? words.bandWon(bandLabel(told.name), formatPercent(told.percent)) : words.tooFewEnded
  const scored = decisions.reduce((sum, { count, unscored }) => sum + count - unscored.count, 0)
  if (scored === 0) return won
  const against = decisions.reduce((sum, { overrides }) => sum + overrides.count, 0)
  return `${won} ${words.against(formatCount(against), formatCount(scored))}`
}
