import type { AvailableAction } from '@/api/types'

export const strings = {
  reason: 'Reason',
  reasonOptional: 'Reason (optional)',
  reasonCode: 'Reason code',
  reasonCodeOptional: 'Reason code (optional)',
  choose: 'Choose',
  missing: 'Fill this in.',
  assignee: 'SA',
  reviewOn: 'Review on',
  condition: (place: number) => `Condition ${place}`,
  conditionText: 'Condition',
  conditionOwner: 'Owner',
  conditionDue: 'Due date',
  addCondition: 'Add condition',
  removeCondition: (place: number) => `Remove condition ${place}`,
  conditionRemoved: (place: number) => `Condition ${place} removed.`,
}

const doneWords: Record<AvailableAction['action'], string> = {
  ASSIGN: 'Assigned',
  CLAIM: 'Claimed',
  REASSIGN: 'Reassigned',
  UNASSIGN: 'Unassigned',
  DECLINE: 'Declined',
  START: 'Assessment started',
  SUBMIT: 'Submitted',
  WITHDRAW: 'Withdrawn',
  RETURN: 'Returned',
  FIRST_APPROVAL: 'First approval given',
  APPROVE: 'Approved',
  APPROVE_WITH_CONDITIONS: 'Approved with conditions',
  DECIDE_NO_BID: 'Decided as no bid',
  QUICK_NO_BID: 'Decided as no bid',
  CONDITIONS_MET: 'Conditions met',
  CONDITIONS_FAILED: 'Conditions failed',
  HOLD: 'Put on hold',
  RESUME: 'Resumed',
  REQUALIFY: 'Re-qualification started',
  ACCEPT_CRM_CHANGE: 'CRM change accepted',
  CLOSE_FROM_CRM: 'Closed',
  REOPEN_FROM_CRM: 'Reopened',
}

/** Confirm an action by its button's verb, an assignment with its SA. */
export const confirmation = (what: string, action: string, sa?: string) =>
  `${what}: ${doneWords[action as AvailableAction['action']]}${sa ? ` to ${sa}` : ''}.`
