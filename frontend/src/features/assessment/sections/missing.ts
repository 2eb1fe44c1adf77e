/** What a draft still lacks, while it is written; assessments/drafts/completeness.py has the last word. Pure. */

import { isCommentDue, isGroupSilent, isLongEnough } from '../draft/comments'
import { answerOf, commentOf, replyOf, type Values } from '../draft/values'
import { sectionWords } from '../strings'
import type { Content, CriterionGroup } from '../types'
import { KNOCKOUTS, SUMMARY } from './steps'

export interface Missing {
  section: string
  /** Of the step that has the field. */
  code: string
  field: string
  label: string
}

interface Draft {
  values: Values
  /** Codes of criteria with a review comment that nothing was done about. */
  asked: string[]
  /** What the score recommends, once it does. */
  computed: string | null
}

export function missingIn(content: Content, draft: Draft): Missing[] {
  return [...ofKnockouts(content, draft.values), ...content.groups.flatMap((group) => ofGroup(content, group, draft)), ...ofSummary(draft)]
}

function ofKnockouts({ knockouts }: Content, values: Values): Missing[] {
  return knockouts
    .filter(({ code }) => !values[replyOf(code)])
    .map(({ code }) => ({ section: KNOCKOUTS, code, field: replyOf(code), label: sectionWords.answer(code) }))
}

function ofGroup(content: Content, group: CriterionGroup, { values, asked }: Draft): Missing[] {
  const section = group.code
  const found = group.criteria.flatMap(({ code }) => {
    const answer = String(values[answerOf(code)] ?? '')
    const isShort = !isLongEnough(content, String(values[commentOf(code)] ?? ''))
    const lacks = [
      [answer === '', answerOf(code), sectionWords.rate(code)],
      [isCommentDue(content, answer) && isShort, commentOf(code), sectionWords.comment(code)],
      [asked.includes(code), commentOf(code), sectionWords.address(code)],
    ] as const
    return lacks.flatMap(([is, field, label]) => (is ? [{ section, code, field, label }] : []))
  })
  const [first] = group.criteria
  if (!first || !isGroupSilent(content, group, values)) return found
  return [...found, { section, code: first.code, field: commentOf(first.code), label: sectionWords.anyComment }]
}

function ofSummary({ values, computed }: Draft): Missing[] {
  const own = values.sa_recommendation
  const isOther = computed !== null && own && own !== computed
  const lacks = [
    [!own, 'sa_recommendation', 'sa_recommendation', sectionWords.recommend],
    [isOther && !String(values.sa_reason ?? '').trim(), 'sa_recommendation', 'sa_reason', sectionWords.why],
    [!values.confidence, 'confidence', 'confidence', sectionWords.confidence],
  ] as const
  return lacks.flatMap(([is, code, field, label]) => (is ? [{ section: SUMMARY, code, field, label }] : []))
}
