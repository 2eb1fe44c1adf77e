import { expect, test } from 'vitest'
import template from '../../../../../assessments/migrations/standard_template.json'
import { answerOf, commentOf, replyOf, type Values } from '../draft/values'
import type { Content } from '../types'
import { missingIn } from './missing'
import { shownWith, stepAt, stepsOf } from './steps'

const content = template as unknown as Content
const steps = stepsOf(content)
const codes = (shown: { code: string }[]) => shown.map(({ code }) => code)

const COMPLETE: Values = {
  ...Object.fromEntries(content.knockouts.map(({ code }) => [replyOf(code), 'YES'])),
  ...Object.fromEntries(content.groups.flatMap(({ criteria }) => criteria.map(({ code }) => [answerOf(code), '3']))),
  ...Object.fromEntries(['NEED', 'FIT', 'ACCESS', 'STRAT'].map((code) => [commentOf(code), 'Long enough to read.'])),
  sa_recommendation: 'CONDITIONAL',
  confidence: 'HIGH',
}

function lacking(values: Values = {}, more: { asked?: string[]; computed?: string } = {}) {
  const { asked = [], computed = 'CONDITIONAL' } = more
  return missingIn(content, { values: { ...COMPLETE, ...values }, asked, computed })
}

const labels = (...asked: Parameters<typeof lacking>) => lacking(...asked).map(({ section, label }) => `${section}: ${label}`)

test('one question, one section or all are shown; the recommendation stays whole', () => {
  expect(codes(shownWith(steps, 'FIT', 'one'))).toEqual(['FIT'])
  expect(codes(shownWith(steps, 'FIT', 'section'))).toEqual(['FIT', 'CAP', 'RISK'])
  expect(shownWith(steps, 'FIT', 'all')).toHaveLength(18)
  expect(codes(shownWith(steps, 'confidence', 'one'))).toEqual(['sa_recommendation', 'confidence'])
  expect(codes(shownWith(steps, 'GONE', 'one'))).toEqual(['ELIGIBLE'])
})

test('a step leads to the next across sections, and nowhere beyond the ends', () => {
  expect(stepAt(steps, 'REDLINE', 1)?.code).toBe('NEED')
  expect(stepAt(steps, 'NEED', -1)?.code).toBe('REDLINE')
  expect(stepAt(steps, 'ELIGIBLE', -1)).toBeNull()
  expect(stepAt(steps, 'confidence', 1)).toBeNull()
})

test('nothing is missing of a complete draft, and everything of an empty one', () => {
  expect(lacking()).toEqual([])
  const all = missingIn(content, { values: {}, asked: [], computed: null })
  expect(all).toHaveLength(5 + 11 + 4 + 2)
})

test('knock-outs, required comments, review comments and the recommendation are counted', () => {
  expect(labels({ [replyOf('TIME')]: '' })).toEqual(['knockouts: Answer TIME'])
  expect(labels({ [answerOf('CAP')]: 'UNKNOWN' })).toEqual(['B: Comment on CAP'])
  expect(labels({ [commentOf('NEED')]: 'short' })).toEqual(['A: Comment on one criterion'])
  expect(labels({}, { asked: ['FIT'] })).toEqual(['B: Address the review comment on FIT'])
  expect(labels({}, { computed: 'BID' })).toEqual(['summary: Explain why you disagree with the score'])
  expect(labels({ confidence: '' })).toEqual(['summary: State your confidence'])
})

test('each leads to a field of a step', () => {
  const all = missingIn(content, { values: {}, asked: ['FIT'], computed: null })
  expect(all.filter(({ code }) => !codes(steps).includes(code))).toEqual([])
  expect(lacking({ [commentOf('NEED')]: '' })[0]).toMatchObject({ code: 'NEED', field: 'NEED.comment' })
})
