import type { components } from '@/api/schema'

type Schemas = components['schemas']

export const statusWords: Record<Schemas['WorkflowStatus'], string> = {
  NEW: 'New',
  ASSIGNED: 'Assigned',
  IN_ASSESSMENT: 'In assessment',
  IN_REVIEW: 'In review',
  RETURNED: 'Returned',
  CONDITIONAL: 'Conditional',
  APPROVED: 'Bid',
  NO_BID: 'No bid',
  ON_HOLD: 'On hold',
  CLOSED_IN_CRM: 'Closed in CRM',
}

export const recommendationWords: Record<Schemas['Recommendation'], string> = {
  BID: 'Bid',
  CONDITIONAL: 'Conditional',
  NO_BID: 'No bid',
}

export const decisionWords: Record<string, string> = { NONE: 'None yet', ...recommendationWords }

export const outcomeWords: Record<Schemas['CrmOutcomeEnum'], string> = {
  OPEN: 'Open',
  WON: 'Won',
  LOST: 'Lost',
  CANCELLED: 'Cancelled',
  UNKNOWN: 'Closed, outcome unknown',
}

export const confidenceWords = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' } as const

export const yesOrNo = (is: boolean) => (is ? 'Yes' : 'No')

export const changedWord = (old: string, now: string) => `${old} → ${now}`

export const clockWords = { OK: 'Due', DUE_SOON: 'Due soon', OVERDUE: 'Overdue' } as const

/** As a change or a comparison names them. */
const fieldWords: Record<string, string> = {
  opty_number: 'Number',
  name: 'Name',
  customer: 'Customer',
  practice: 'Practice',
  geo: 'Geo',
  sector: 'Sector',
  deal_value: 'Value',
  currency: 'Currency',
  win_probability: 'Win probability',
  stage: 'Stage',
  crm_status: 'CRM status',
  sales_owner: 'Sales owner',
  close_date: 'Close date',
  crm_created_at: 'Created in CRM',
  crm_updated_at: 'Changed in CRM',
  workflow_status: 'State',
  assigned_sa: 'SA',
  sa_notes: 'SA notes',
  bid_due_on: 'Bid due',
  removed_in_crm_at: 'Removed in CRM',
  decision: 'Decision',
  crm_outcome: 'Outcome in CRM',
  hold_review_on: 'Look at it again on',
  is_unscored_decision: 'Decided without scoring',
  first_approved_by: 'First approval',
  condition: 'Condition',
  sa_recommendation: 'SA recommends',
  sa_reason: 'The SA’s reason',
  confidence: 'Confidence',
  bid_effort_days: 'Bid effort in person-days',
  bid_cost: 'Bid cost',
  bid_cost_currency: 'Currency of the bid cost',
  customer_deadline_on: 'The customer’s deadline',
  competitors: 'Known competitors',
  sales_owner_view: 'The sales owner’s own view',
  open_risks: 'Open risks',
  lessons: 'Lessons',
}

export function fieldWord(name: string): string {
  return fieldWords[name] ?? name.replace(/^extra\./, '').replace(/_c$/, '').replaceAll('_', ' ')
}
