import type { Person } from '@/api/types'

export const pageWords = {
  window: (number: string) => `${number} Opportunity`,
  assessmentWindow: (number: string) => `${number} Assessment`,
  back: 'Back to the list',
  list: 'List',
  previous: 'Previous',
  next: 'Next',
  position: (place: string, count: string) => `${place} of ${count}`,
  assess: 'Start assessment',
  continue: 'Continue assessment',
  review: 'Review',
  reviewWindow: (number: string) => `${number} Review`,
  toOpportunity: 'Back to the opportunity',
  noNumber: 'No number',
  nobody: 'Unassigned',
  assignedTo: (name: string) => `Assigned to ${name}`,
  bidDue: (when: string) => `Bid due ${when}`,
  unscored: 'Decided without scoring',
  watch: 'Watch',
  stopWatching: 'Stop watching',
  watched: 'Watching. You will get a notice when it is decided or changes in the CRM.',
  notWatched: 'Stopped watching.',
}

export const factWords = {
  title: 'From the CRM',
  synced: (when: string, exact: string) => `Synced from the CRM ${when} (${exact}). To change these values, edit them in the CRM.`,
  open: 'Open in the CRM',
  more: 'More fields',
  latest: 'Latest changes in the CRM',
  changed: 'changed since you last looked',
  was: (old: string) => `was ${old}`,
}

export const similarWords = {
  title: 'Similar deals',
  none: 'No similar deals found.',
  columns: ['Deal', 'Value', 'State', 'Decision', 'Outcome'],
  sameCustomer: 'Same customer',
}

export const noticeWords = {
  requalify: 'The CRM changed facts used in the assessment:',
  reopened: 'This opportunity was closed and then reopened in the CRM.',
  removed: (when: string) => `This opportunity was removed from the CRM on ${when}.`,
  hidden: (when: string) => `The sync account lost access to this opportunity on ${when}.`,
  held: (when: string) => `On hold until review on ${when}.`,
  returned: (name: string, when: string) => `${name} returned it on ${when}:`,
  firstApproved: (name: string) => `${name} gave the first approval. A second person must approve.`,
}

export const actionWords = {
  actions: 'Actions',
  unavailable: (count: number) => (count === 1 ? '1 action unavailable' : `${count} actions unavailable`),
  override: (computed: string) =>
    `The score recommends ${computed}. Any other decision is an override: it needs a reason, and is marked as an override.`,
  withComments: (codes: string[]) => `This sends your review comments on ${codes.join(', ')}.`,
}

export const decisionWords = {
  title: 'Decision',
  computed: 'The score recommends',
  own: 'The SA recommends',
  confidence: 'Confidence',
  ownReason: 'The SA’s reason',
  none: 'None',
  history: 'Decisions',
  nothing: 'No decisions yet.',
  by: (name: string, when: string) => `${name}, ${when}`,
  override: 'Override',
  record: 'Decision record',
  pdf: 'PDF',
  conditions: 'Conditions',
  states: { OPEN: 'Open', MET: 'Met', WAIVED: 'Waived' },
  settle: { MET: 'Mark as met', WAIVED: 'Waive' },
  settleMet: 'Mark as met',
  settleWaived: 'Waive condition',
  metReason: 'Evidence (optional)',
  waiveReason: 'Reason for waiving',
  dueBy: (name: string, when: string) => `${name}, by ${when}`,
}

export const noteWords = {
  title: 'Notes and dates',
  notes: 'Notes',
  bidDue: 'Bid due',
  save: 'Save',
  saved: 'Saved.',
  empty: 'No notes.',
  changedSince: 'Someone else changed these notes while you were typing. Saving replaces their text:',
}

export const timelineWords = {
  title: 'Timeline',
  show: 'Show',
  kinds: { all: 'All', work: 'Actions', comments: 'Comments', crm: 'CRM changes' },
  more: 'Show earlier entries',
  nothing: 'No entries yet.',
  crm: 'Changed in the CRM',
  system: 'Sync',
  on: (name: string, whom: string) => `${name} on behalf of ${whom}`,
}

export function actorOf(actor: Person | null, onBehalfOf: Person | null): string {
  if (actor === null) return timelineWords.system
  return onBehalfOf ? timelineWords.on(actor.name, onBehalfOf.name) : actor.name
}
