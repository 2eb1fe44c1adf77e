import { expect, it } from 'vitest'
import template from '../../../../../assessments/migrations/standard_template.json'
import { carriedOver } from './CarryOver'
import type { Content, VersionDetail } from '../types'

it('takes answers and comments of what is asked again, and no knock-out checks', () => {
  const answers = {
    NEED: { kind: 'RATING', rating: 0, comment: 'Nobody waits for it.' },
    FUND: { kind: 'UNKNOWN', rating: null, comment: '' },
    GONE: { kind: 'RATING', rating: 3, comment: '' },
  }
  const knockouts = { TIME: { reply: 'YES', comment: '' } }
  const version = { answers, knockouts } as unknown as VersionDetail
  expect(carriedOver(template as unknown as Content, version)).toEqual({
    'NEED.answer': '0',
    'NEED.comment': 'Nobody waits for it.',
    'FUND.answer': 'UNKNOWN',
  })
})
