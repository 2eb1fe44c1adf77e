/** Which deal-breakers hold the recommendation down, in the server's words (assessments/scoring/caps.py). Pure. */

import { capWords, replyWords } from '../strings'
import type { Content, Scoring } from '../types'
import { answerOf, criteriaIn, replyOf, UNKNOWN, type Values } from '../draft/values'

type Rule = Content['caps'][number]
type FiredCap = Scoring['caps'][number]

export function firedCaps(
  content: Content,
  values: Values,
  groupScores: Record<string, string | null>,
  unknownShare: string,
): FiredCap[] {
  return content.caps.flatMap((rule) =>
    reasons(rule, content, values, groupScores, unknownShare).map((why) => ({
      trigger: rule.trigger,
      caps_at: rule.caps_at,
      sentence: capWords.atMost(why, rule.caps_at),
    })),
  )
}

type Trigger = Rule['trigger']
export const OF_GATES: Trigger[] = ['GATE_RATED', 'GATE_UNKNOWN']
export const OF_KNOCKOUTS: Trigger[] = ['KNOCKOUT_NO', 'KNOCKOUT_UNKNOWN']

/** Write the template's rules for these triggers. */
export function rulesInWords(content: Content, triggers: Trigger[]): string[] {
  return content.caps
    .filter(({ trigger }) => triggers.includes(trigger))
    .map(({ trigger, threshold, caps_at: cap }) => capWords.rule(answerThatFires(trigger, threshold), cap))
}

function answerThatFires(trigger: Trigger, threshold: string): string {
  if (trigger === 'GATE_RATED') return capWords.rated(Number(threshold))
  return `“${trigger === 'KNOCKOUT_NO' ? replyWords.NO : replyWords.UNKNOWN}”`
}

function reasons(
  rule: Rule,
  content: Content,
  values: Values,
  groupScores: Record<string, string | null>,
  unknownShare: string,
): string[] {
  const limit = Number(rule.threshold)
  switch (rule.trigger) {
    case 'KNOCKOUT_NO':
      return replied('NO', content, values)
    case 'KNOCKOUT_UNKNOWN':
      return replied(UNKNOWN, content, values)
    case 'GATE_UNKNOWN':
      return gatesAnswered(UNKNOWN, content, values).map(capWords.gateUnknown)
    case 'GATE_RATED':
      return gatesAnswered(String(limit), content, values).map((gate) =>
        capWords.gateRated(gate, limit),
      )
    case 'GROUP_BELOW':
      return content.groups
        .map((group) => ({ ...group, score: groupScores[group.code] ?? null }))
        .flatMap(({ score, ...group }) =>
          score !== null && Number(score) < limit ? [capWords.group(group, score, limit)] : [],
        )
    case 'UNKNOWN_ABOVE':
      return Number(unknownShare) > limit ? [capWords.unknown(unknownShare, limit)] : []
  }
}

function replied(reply: 'NO' | typeof UNKNOWN, content: Content, values: Values): string[] {
  return content.knockouts
    .filter((each) => values[replyOf(each.code)] === reply)
    .map((each) => capWords.knockout(each, reply))
}

function gatesAnswered(answer: string, content: Content, values: Values) {
  return criteriaIn(content).filter(
    (each) => each.is_gate && values[answerOf(each.code)] === answer,
  )
}
