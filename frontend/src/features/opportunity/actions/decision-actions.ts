import type { AvailableAction } from '@/api/types'
import type { Recommendation } from '@/api/schema'

/** The form of the assessment does these itself. */
export const IN_THE_FORM: AvailableAction['action'][] = ['START', 'SUBMIT']

/** What a decider does with what was submitted, or decided on conditions. */
export const DECIDING = [
  'RETURN',
  'FIRST_APPROVAL',
  'APPROVE',
  'APPROVE_WITH_CONDITIONS',
  'DECIDE_NO_BID',
  'CONDITIONS_MET',
  'CONDITIONS_FAILED',
]

const OUTCOMES: Partial<Record<AvailableAction['action'], Recommendation>> = {
  APPROVE: 'BID',
  APPROVE_WITH_CONDITIONS: 'CONDITIONAL',
  DECIDE_NO_BID: 'NO_BID',
}

/** Tell whether a decision differs from the score; the server has the last word. */
export function isOverride(action: AvailableAction['action'], computed: string | null): boolean {
  const outcome = OUTCOMES[action]
  return outcome !== undefined && computed !== null && computed !== outcome
}
