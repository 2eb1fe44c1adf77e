/** The questions of an assessment in their order, and how many of them are shown at once. Pure. */

import type { Content } from '../types'

export const MODES = ['all', 'section', 'one'] as const
export type Mode = (typeof MODES)[number]

export const KNOCKOUTS = 'knockouts'
export const SUMMARY = 'summary'

export interface Step {
  /** Of the criterion or check, or the name of the recorded field. */
  code: string
  section: string
}

export function stepsOf(content: Content): Step[] {
  return [
    ...content.knockouts.map(({ code }) => ({ code, section: KNOCKOUTS })),
    ...content.groups.flatMap((group) => group.criteria.map(({ code }) => ({ code, section: group.code }))),
    ...['sa_recommendation', 'confidence'].map((code) => ({ code, section: SUMMARY })),
  ]
}

/** Return the steps shown together with this one; the recommendation is never cut in two. */
export function shownWith(steps: Step[], code: string, mode: Mode): Step[] {
  const here = steps.find((step) => step.code === code) ?? steps[0]
  if (mode === 'all' || here === undefined) return steps
  const isWhole = mode === 'section' || here.section === SUMMARY
  return isWhole ? steps.filter(({ section }) => section === here.section) : [here]
}

/** Return the step so many places on; null beyond both ends. */
export function stepAt(steps: Step[], code: string, by: number): Step | null {
  const here = steps.findIndex((step) => step.code === code)
  return steps[here + by] ?? null
}
