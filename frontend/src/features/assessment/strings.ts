import { recommendationWords } from '@/entities/opportunity/strings'
import type { Knockout, Recommendation } from './types'

interface Named {
  code: string
  name: string
}

export const replyWords = { YES: 'Yes', NO: 'No', UNKNOWN: 'Unknown' } as const
export const directionWords: Record<string, string> = { up: 'raised', down: 'lowered' }

export const versionStatusWords = {
  DRAFT: 'Draft',
  SUBMITTED: 'Submitted',
  RETURNED: 'Draft after a return',
  DECIDED: 'Decided',
  SUPERSEDED: 'Superseded',
  ABANDONED: 'Abandoned',
} as const

export const capWords = {
  rule: (answer: string, cap: Recommendation) => `${answer} allows ${recommendationWords[cap]} at most`,
  rated: (rating: number) => `rated ${rating}`,
  atMost: (why: string, cap: Recommendation) => `${why}: ${recommendationWords[cap]} at most.`,
  knockout: ({ code, text }: Knockout, reply: 'NO' | 'UNKNOWN') =>
    `Knock-out ${code} (${text}) is answered ${replyWords[reply]}`,
  gateUnknown: ({ code, name }: Named) => `Gate ${code} (${name}) is Unknown`,
  gateRated: ({ code, name }: Named, rating: number) => `Gate ${code} (${name}) is rated ${rating}`,
  group: ({ code, name }: Named, score: string, floor: number) =>
    `Group ${code} (${name}) scores ${score}, below ${floor}`,
  unknown: (share: string, limit: number) =>
    `${share}% of the weight is Unknown, above ${limit}%`,
}

export const formWords = {
  scale: 'Higher is always better, also for risks: 5 means low risk. Each rating is explained next to it.',
  knockouts: 'Knock-out checks',
  knockoutsWhy: (rules: string[]) => `Regardless of the score: ${rules.join('; ')}.`,
  group: ({ code, name }: Named) => `${code}. ${name}`,
  groupScore: (score: string) => `Group score ${score}`,
  groupComment: (shortest: number) =>
    `Comment on at least one criterion in this group, in ${shortest} characters or more.`,
  weight: (weight: number) => `Weight ${weight}`,
  gate: 'Gate',
  gateWhy: (rules: string[]) => `Gate. Regardless of the score: ${rules.join('; ')}.`,
  unknown: 'Unknown',
  unknownMeans: 'Not known yet. Say what you will find out, from whom, and by when',
  notApplicable: 'Not applicable',
  notApplicableMeans: (most: number) => `Excluded from the score. Say why. No more than ${most} points of weight in total`,
  clear: 'Clear answer',
  cleared: 'Answer cleared.',
  undoClear: 'Undo clear',
  comment: 'Comment',
  commentOn: (code: string) => `Comment on ${code}`,
  commentDue: (shortest: number) => `Required: ${shortest} characters or more`,
  commentLeft: (count: string) => `${count} characters left`,
  links: 'Links in this comment',
  newWindow: '(opens in a new window)',
  reviewSaid: (name: string, when: string) => `Review comment by ${name}, ${when}`,
  answeredBy: (name: string, when: string) => `${name}, ${when}`,
  answeredFor: (name: string, whom: string, when: string) => `${name} on behalf of ${whom}, ${when}`,
  summary: 'Your recommendation',
  recommendation: 'What do you recommend?',
  computed: (word: string) => `The score recommends: ${word}.`,
  notComputed: 'The score recommends a decision once you have answered every question.',
  reason: 'Why do you disagree with the score?',
  confidence: 'How confident are you?',
  recorded: 'Not scored',
  effort: 'Bid effort in person-days',
  cost: 'Bid cost',
  currency: 'Currency',
  deadline: 'Customer deadline',
  ownerView: 'Sales owner’s view',
  risks: 'Open risks',
  lessons: 'Lessons learned',
  competitors: 'Known competitors',
  competitor: (place: number) => `Competitor ${place}`,
  competitorName: 'Name',
  competitorNameless: 'Enter a name for each competitor.',
  competitorRemoved: (name: string) => `${name || 'Competitor'} removed.`,
  strength: 'Strength',
  weakness: 'Weakness',
  addCompetitor: 'Add competitor',
  removeCompetitor: (name: string) => `Remove ${name || 'this competitor'}`,
  submit: 'Submit for review',
  submitted: 'Submitted for review.',
  submitHint: 'You cannot change it once submitted, but you can withdraw it until it is decided.',
  problems: (count: number, unsaved: number) => {
    if (count === 0) return 'Ready to submit.'
    if (unsaved > 0) return count === 1 ? 'Fix 1 problem before you submit' : `Fix ${count} problems before you submit`
    return count === 1
      ? '1 answer is missing before you can submit'
      : `${count} answers are missing before you can submit`
  },
  unsavedYet: 'Not submitted, because your changes are not saved yet. See the message at the top of the page.',
  notFillable: 'You cannot edit this assessment now.',
}

export const sectionWords = {
  title: 'Sections',
  missing: (count: number) => (count === 0 ? 'Ready to submit' : `${count} missing`),
  count: (count: number) => (count === 0 ? 'Complete' : `${count} missing`),
  answer: (code: string) => `Answer ${code}`,
  rate: (code: string) => `Rate ${code}`,
  comment: (code: string) => `Comment on ${code}`,
  address: (code: string) => `Address the review comment on ${code}`,
  anyComment: 'Comment on one criterion',
  recommend: 'State your recommendation',
  why: 'Explain why you disagree with the score',
  confidence: 'State your confidence',
  mode: 'Show',
  modes: { all: 'All questions', section: 'One section', one: 'One question' },
  keys: 'Keys: 0 to 5 to rate, Enter for next, Shift+Enter for back, C to comment, Ctrl+Enter to leave the comment.',
  back: 'Back',
  next: 'Next',
  nextDeal: 'Save and next deal',
}

export const reviewWords = {
  nothing: 'Nothing has been submitted yet.',
  next: (name: string) => `Next in review: ${name}`,
  noNext: 'Nothing else is in review.',
  asked: (version: number, name: string, when: string) => `${name} on version ${version}, ${when}`,
  replied: (name: string, when: string) => `${name}, ${when}`,
  settledBy: (name: string, when: string) => `Settled by ${name}, ${when}`,
  states: { OPEN: 'Open', ADDRESSED: 'Addressed', SETTLED: 'Settled' },
  reply: 'Reply',
  replyTo: (code: string) => `Reply on ${code}`,
  set: { ADDRESSED: 'Mark as addressed', SETTLED: 'Settle', OPEN: 'Reopen' },
  comment: (code: string) => `Review comment on ${code}`,
  commentHint: 'Sent when you return the assessment',
  was: (version: number, answer: string) => `Version ${version}: ${answer}`,
  same: (version: number) => `Unchanged since version ${version}`,
  elsewhere: 'Comments on criteria that this template no longer has',
}

export const scoreWords = {
  label: 'Score so far',
  none: 'No score yet',
  upTo: (best: string) => `up to ${best}`,
  progress: (answered: number, total: number) => `${answered} of ${total}`,
  unknown: (count: number) => `${count} unknown`,
  groups: 'Groups',
  caps: 'Limits on the recommendation',
  noCaps: 'No limits apply.',
  announce: (score: string, best: string, word: string) =>
    `Score ${score}, up to ${best}${word && `, ${word}`}`,
}

export const saveWords = {
  saving: 'Saving…',
  saved: (time: string) => `Saved ${time}`,
  untouched: 'Changes save automatically',
  dirty: 'Not saved yet',
  offline: (seconds: number) =>
    `Not saved. Your text is kept on this computer. Retrying in ${seconds} s.`,
  offlineUnsafe: (seconds: number) =>
    `Not saved, and this browser cannot keep your text. Leave the page open. Retrying in ${seconds} s.`,
  tryNow: 'Retry now',
  signedOut: 'Not saved. Sign in again. Your text is kept on this computer.',
  refused: (count: number) =>
    count === 1 ? '1 value cannot be saved' : `${count} values cannot be saved`,
  conflicts: (count: number) =>
    count === 1
      ? 'Two people changed 1 answer. Choose one version'
      : `Two people changed ${count} answers. Choose a version of each`,
  show: 'Show',
  closed: 'Not saved.',
  kept: 'Your text is kept on this computer.',
  restored: (time: string) => `Restored your unsaved changes from this computer, ${time}.`,
  merged: (by: string, count: number) =>
    `${by || 'Someone'} changed ${count === 1 ? '1 answer' : `${count} answers`}. Your changes are kept.`,
  dismiss: 'Got it',
  takenOver: 'This draft is open in another window. Edit it there.',
  editHere: 'Edit here instead',
}

export const conflictWords = {
  title: (name: string) => `${name || 'Someone'} saved a different answer:`,
  choose: (by: string) => `${by || 'Someone'} saved a different answer. Choose one.`,
  nothing: 'No answer',
  taken: { mine: 'Kept yours.', theirs: 'Kept theirs.' },
  mine: 'Keep yours',
  theirs: 'Keep theirs',
  both: 'Keep both',
}

export const versionWords = {
  title: 'Assessment versions',
  none: 'No assessments yet.',
  columns: ['Version', 'Status', 'SA', 'Date', 'Score', 'Recommendation', 'SA recommends', 'Decided', 'Differences'] as const,
  version: (no: number) => `Version ${no}`,
  open: (no: number) => `Version ${no}`,
  compare: (older: number, newer: number) => `Compare ${older} with ${newer}`,
  compareTitle: (older: number, newer: number) => `Version ${older} and version ${newer}`,
  asSubmitted: (name: string, when: string) => `Submitted by ${name}, ${when}.`,
  asDraft: 'Draft, not submitted.',
  mirror: (when: string) => `CRM data as of ${when}.`,
  facts: 'CRM data at the time',
  authors: 'Authors',
  noAnswer: 'No answer',
  comment: 'Comment:',
  pieces: { added: '[added]', removed: '[removed]' },
  change: (points: string) => `The score changed by ${points}.`,
  noChange: 'The score is the same.',
  rounding: (points: string) => `Rounding accounts for ${points}.`,
  criteria: 'Different answers',
  knockouts: 'Different knock-out checks',
  recorded: 'Other differences',
  same: 'No differences.',
  before: 'Before',
  after: 'After',
  points: 'Score points',
  criterion: 'Criterion',
  check: 'Check',
  field: 'Field',
}

export const carryWords = {
  offer: (name: string, score: string) =>
    `You have assessed this customer before: ${name} (${score}).`,
  take: 'Copy those answers',
  confirm: 'Copied. Is it still correct?',
  confirmOf: (name: string, when: string) =>
    `Copied from ${name}, ${when}. Is it still correct?`,
  confirmed: 'Still correct',
}
