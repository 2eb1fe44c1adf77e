import type { CrmOutcomeEnum, PriorityEnum, Recommendation } from '@/api/schema'

export const recommendationWords: Record<Recommendation, string> = {
  BID: 'Bid',
  CONDITIONAL: 'Conditional',
  NO_BID: 'No bid',
}

export const decisionWords: Record<string, string> = { NONE: 'None yet', ...recommendationWords }

export const outcomeWords: Record<CrmOutcomeEnum, string> = {
  OPEN: 'Open',
  WON: 'Won',
  LOST: 'Lost',
  CANCELLED: 'Cancelled',
  UNKNOWN: 'Closed, outcome unknown',
}

export const priorityWords: Record<PriorityEnum, string> = { LOW: 'Low', NORMAL: 'Normal', HIGH: 'High' }
export const priorities = Object.entries(priorityWords).map(([value, label]) => ({ value, label }))

export const confidenceWords = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' } as const

export const yesOrNo = (is: boolean) => (is ? 'Yes' : 'No')

export const changedWord = (old: string, now: string) => `${old} → ${now}`

export const clockWords = { OK: 'Due', DUE_SOON: 'Due soon', OVERDUE: 'Overdue' } as const

/** Fields of the assessment's form, which are none of the opportunity. */
export const formFieldLabels: Record<string, string> = {
  condition: 'Condition',
  attachment: 'Attachment',
  url: 'Address',
  sa_recommendation: 'SA recommends',
  sa_reason: 'SA’s reason',
  confidence: 'Confidence',
  bid_effort_days: 'Bid effort in person-days',
  bid_cost: 'Bid cost',
  bid_cost_currency: 'Currency of the bid cost',
  customer_deadline_on: 'Customer deadline',
  competitors: 'Known competitors',
  sales_owner_view: 'Sales owner’s view',
  open_risks: 'Open risks',
  lessons: 'Lessons',
}

/** As many stand side by side on a page. */
export const MOST_COMPARED = 4

export const viewWords = {
  label: 'View as',
  views: { '/inbox': 'List', '/board': 'Board', '/calendar': 'Calendar' },
  compare: (count: number) => `Compare ${count}`,
  compareLimit: `Compare up to ${MOST_COMPARED}`,
}
