/** The live preview: what the server will compute, from what is on the screen. Pure.

All arithmetic is on whole numbers (tenths, hundredths), as exact as the server's decimals. */

import { firedCaps } from './caps'
import type { Content, Criterion, Recommendation, Scoring } from '../types'
import { answerOf, criteriaIn, NOT_APPLICABLE, replyOf, UNKNOWN, type Values } from '../draft/values'

const BEST_RATING = 5
const FROM_BEST: Recommendation[] = ['BID', 'CONDITIONAL', 'NO_BID']

export function score(content: Content, values: Values): Scoring {
  const criteria = criteriaIn(content)
  const value = scoreOf(criteria, values, 0)
  const share = unknownShare(criteria, values)
  const caps = firedCaps(content, values, finalGroupScores(content, values), share)
  const band = isComplete(content, values) && value !== null ? bandOf(content, value) : undefined
  return {
    score: value,
    best_case: scoreOf(criteria, values, BEST_RATING),
    group_scores: groupScores(content, values),
    unknown_share: share,
    band: band?.code ?? null,
    caps,
    recommendation: band ? lowest([band.recommendation, ...caps.map((cap) => cap.caps_at)]) : null,
    answered: criteria.filter((each) => isAnswered(each, values)).length,
    unknown: criteria.filter((each) => values[answerOf(each.code)] === UNKNOWN).length,
    total: criteria.length,
  }
}

/** Find the band of the one-decimal score: what people see is what decides. */
function bandOf(content: Content, value: string) {
  return content.bands.find(
    (band) => Number(band.start) <= Number(value) && Number(value) <= Number(band.end),
  )
}

function lowest(recommendations: Recommendation[]): Recommendation | null {
  return FROM_BEST.findLast((each) => recommendations.includes(each)) ?? null
}

function groupScores(content: Content, values: Values): Record<string, string | null> {
  return Object.fromEntries(
    content.groups.map((group) => [group.code, scoreOf(group.criteria, values, 0)]),
  )
}

/** Score the groups whose criteria are all answered: caps judge no others. */
function finalGroupScores(content: Content, values: Values): Record<string, string | null> {
  const finished = content.groups.filter((group) =>
    group.criteria.every((each) => isAnswered(each, values)),
  )
  return groupScores({ ...content, groups: finished }, values)
}

/** Score criteria; an open one counts as unknown, so a draft's score can only rise. */
function scoreOf(criteria: Criterion[], values: Values, unknownAs: number): string | null {
  const applicable = criteria.filter((each) => isApplicable(each, values))
  const whole = BEST_RATING * weightOf(applicable)
  const earned = sum(applicable.map((each) => each.weight * points(each, values, unknownAs)))
  return whole === 0 ? null : oneDecimal(100 * earned, whole)
}

function unknownShare(criteria: Criterion[], values: Values): string {
  const whole = weightOf(criteria.filter((each) => isApplicable(each, values)))
  const unknown = weightOf(criteria.filter((each) => values[answerOf(each.code)] === UNKNOWN))
  return whole === 0 ? '0.0' : oneDecimal(100 * unknown, whole)
}

/** Round half up to one decimal, as the server does. */
function oneDecimal(dividend: number, divisor: number): string {
  const tenths = Math.floor((20 * dividend + divisor) / (2 * divisor))
  return `${Math.floor(tenths / 10)}.${tenths % 10}`
}

function points(criterion: Criterion, values: Values, unknownAs: number): number {
  const answer = values[answerOf(criterion.code)]
  return answer && answer !== UNKNOWN ? Number(answer) : unknownAs
}

function isApplicable(criterion: Criterion, values: Values): boolean {
  return values[answerOf(criterion.code)] !== NOT_APPLICABLE
}

function isAnswered(criterion: Criterion, values: Values): boolean {
  return Boolean(values[answerOf(criterion.code)])
}

function isComplete(content: Content, values: Values): boolean {
  return (
    criteriaIn(content).every((each) => isAnswered(each, values)) &&
    content.knockouts.every((each) => values[replyOf(each.code)])
  )
}

function weightOf(criteria: Criterion[]): number {
  return sum(criteria.map((each) => each.weight))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
