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

export const clockWords = { DUE_SOON: 'Due soon', OVERDUE: 'Overdue' } as const

/** Of the fields the CRM fills, as a change or a comparison names them. */
const fieldWords: Record<string, string> = {
  opty_number: 'Number',
  name: 'Name',
  customer: 'Customer',
  practice: 'Practice',
  geo: 'Geo',
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
}

export function fieldWord(name: string): string {
  return fieldWords[name] ?? name.replaceAll('_', ' ')
}
