import type { Person } from '@/api/types'

export const pageWords = {
  window: (number: string) => `${number} Opportunity`,
  assessmentWindow: (number: string) => `${number} Assessment`,
  back: 'Back to the list',
  list: 'The list',
  previous: 'Previous',
  next: 'Next',
  position: (place: string, count: string) => `${place} of ${count}`,
  assess: 'Start the assessment',
  continue: 'Continue the assessment',
  toOpportunity: 'Back to the opportunity',
  noNumber: 'No number',
  nobody: 'Nobody is assigned',
  assignedTo: (name: string) => `Assigned to ${name}`,
  bidDue: (when: string) => `Bid due ${when}`,
  unscored: 'decided without scoring',
}

export const factWords = {
  title: 'From the CRM',
  synced: (when: string, exact: string) => `Read from the CRM ${when} (${exact}); cannot be changed here.`,
  open: 'Open in the CRM',
  more: 'More fields',
  changed: 'changed since you last looked',
  was: (old: string) => `was ${old}`,
}

export const noticeWords = {
  requalify: 'The CRM changed what this was judged by:',
  reopened: 'The CRM reopened this opportunity after it was closed.',
  removed: (when: string) => `The CRM no longer shows this opportunity, since ${when}.`,
  hidden: (when: string) => `The sync’s account can no longer see this opportunity, since ${when}.`,
  held: (when: string) => `On hold; to be looked at again on ${when}.`,
  returned: (name: string, when: string) => `${name} sent it back, ${when}:`,
  firstApproved: (name: string) => `${name} gave the first approval; a second person has to approve.`,
}

export const actionWords = {
  actions: 'Actions',
  refused: (count: number) => (count === 1 ? 'Why one action is not possible' : `Why ${count} actions are not possible`),
  reason: 'Reason',
  reasonOptional: 'Remark (if you like)',
  reasonCode: 'Reason code',
  reasonCodeOptional: 'Reason code (if you like)',
  choose: 'Choose',
  assignee: 'SA',
  reviewOn: 'Look at it again on',
  done: (label: string) => `${label}: done.`,
  override: (computed: string) =>
    `The score recommends ${computed}. Deciding otherwise is an override: it needs a reason and stays marked for ever.`,
  condition: (place: number) => `Condition ${place}`,
  conditionText: 'What has to be true',
  conditionOwner: 'Who sees to it',
  conditionDue: 'By when',
  addCondition: 'Add a condition',
  removeCondition: (place: number) => `Remove condition ${place}`,
  conditionRemoved: (place: number) => `Condition ${place} was removed.`,
  reviewComments: 'To single criteria (if you like)',
}

export const decisionWords = {
  title: 'Decision',
  computed: 'The score recommends',
  own: 'The SA recommends',
  confidence: 'Confidence',
  ownReason: 'The SA’s reason',
  none: 'nothing',
  history: 'Decisions',
  nothing: 'Nothing was decided yet.',
  by: (name: string, when: string) => `${name}, ${when}`,
  override: 'Override',
  record: 'Decision record',
  pdf: 'As PDF',
  conditions: 'Conditions',
  states: { OPEN: 'Open', MET: 'Met', WAIVED: 'Waived' },
  settle: { MET: 'Met', WAIVED: 'Waive' },
  settleMet: 'The condition is met',
  settleWaived: 'Waive the condition',
  metReason: 'What shows it (if you like)',
  waiveReason: 'Why it can be waived',
  dueBy: (name: string, when: string) => `${name}, by ${when}`,
}

export const noteWords = {
  title: 'Notes and dates',
  notes: 'SA notes',
  bidDue: 'Bid due on',
  save: 'Save',
  saved: 'Saved.',
  empty: 'No notes.',
  changedSince: 'The notes were changed since you began to type. Yours replace them when you save. Theirs:',
}

export const timelineWords = {
  title: 'Timeline',
  show: 'Show',
  kinds: { all: 'Everything', work: 'What people did', comments: 'Comments', crm: 'CRM changes' },
  more: 'Show earlier',
  nothing: 'Nothing has happened yet.',
  crm: 'The CRM changed',
  system: 'The sync',
  comment: 'Add a comment',
  send: 'Comment',
  salesInput: 'What do you know that the CRM does not say?',
  salesHint: 'Facts, not ratings: budget, deciders, rivals, dates. Who assesses it reads them beside the questions.',
  comments: 'What was said',
  noComments: 'Nothing yet. What the sales owner knows, and what you ask, stands here.',
  on: (name: string, whom: string) => `${name} on behalf of ${whom}`,
}

export function actorOf(actor: Person | null, onBehalfOf: Person | null): string {
  if (actor === null) return timelineWords.system
  return onBehalfOf ? timelineWords.on(actor.name, onBehalfOf.name) : actor.name
}
