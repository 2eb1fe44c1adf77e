import { describe, expect, it } from 'vitest'
import template from '../../../../../assessments/migrations/standard_template.json'
import { criteria, vectors } from '../../../../../assessments/scoring_vectors.json'
import { score } from './score'
import type { Content } from '../types'
import { answerOf, criteriaIn, replyOf, type Values } from '../draft/values'

const content = template as unknown as Content

function valuesOfVector(vector: (typeof vectors)[number]): Values {
  const values: Values = {}
  for (const { code } of content.knockouts) values[replyOf(code)] = 'YES'
  for (const [code, reply] of Object.entries(vector.knockouts)) values[replyOf(code)] = reply
  criteria.forEach((code, place) => {
    const answer = vector.answers[place] ?? null
    values[answerOf(code)] = answer === null ? 'UNKNOWN' : String(answer)
  })
  return values
}

describe('the preview computes what the server computes', () => {
  it.each(vectors)('$name', (vector) => {
    const found = score(content, valuesOfVector(vector))
    expect(found.score).toBe(vector.score)
    expect(found.best_case).toBe(vector.best_case)
    expect(found.recommendation).toBe(vector.recommendation)
    expect([...new Set(found.caps.map((cap) => cap.trigger))]).toEqual(vector.caps)
    expect(found.group_scores).toMatchObject(vector.group_scores ?? {})
    const band = content.bands.find((each) => each.code === found.band)
    expect(band?.recommendation).toBe(vector.by_band)
  })

  it('all of the worked examples were met', () => expect(vectors).toHaveLength(14))
})

describe('a draft', () => {
  it('shows a score that can only rise, and no recommendation before the last answer', () => {
    const first = score(content, { [answerOf('NEED')]: '5' })
    expect(first.score).toBe('8.0')
    expect(first.best_case).toBe('100.0')
    expect(first.recommendation).toBeNull()
    expect(first.band).toBeNull()
  })

  it('waits for the knock-out checks as for the criteria', () => {
    const values = Object.fromEntries(criteriaIn(content).map(({ code }) => [answerOf(code), '4']))
    expect(score(content, values).recommendation).toBeNull()
  })

  it('judges a group when its last criterion is answered', () => {
    const half = { [answerOf('NEED')]: '0' }
    expect(score(content, half).caps).toEqual([])
    const whole = score(content, { ...half, [answerOf('FUND')]: '1' })
    expect(whole.caps.map((cap) => cap.sentence)).toEqual([
      'Group A (Is it real?) scores 11.1, below 40: Conditional at most.',
    ])
  })

  it('is held down where more than a quarter of the weight is unknown, not where less is', () => {
    const few = { [answerOf('STRAT')]: 'UNKNOWN', [answerOf('COMM')]: 'UNKNOWN' }
    expect(score(content, few).caps).toEqual([])
    const many = score(content, { ...few, [answerOf('CAP')]: 'UNKNOWN', [answerOf('NEED')]: 'UNKNOWN' })
    expect(many.caps.map((cap) => cap.sentence)).toEqual([
      '33.0% of the weight is Unknown, above 25%: Conditional at most.',
    ])
  })

  it('has no score where nothing is applicable', () => {
    const values = Object.fromEntries(criteriaIn(content).map(({ code }) => [answerOf(code), 'NA']))
    expect(score(content, values).score).toBeNull()
  })

  it('rounds a half up', () => {
    const values = {
      [answerOf('CAP')]: 'NA',
      [answerOf('ACCESS')]: 'NA',
      [answerOf('RISK')]: '1',
    }
    // 100 * 9 / (5 * 80) = 2.25
    expect(score(content, values).score).toBe('2.3')
  })
})
