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
  rule: (answer: string, cap: Recommendation) => `${answer}, ${recommendationWords[cap]} at most`,
  rated: (rating: number) => `rated ${rating}`,
  atMost: (why: string, cap: Recommendation) => `${why}: ${recommendationWords[cap]} at most.`,
  knockout: ({ code, text }: Knockout, reply: 'NO' | 'UNKNOWN') =>
    `Knock-out ${code} (${text}) is answered ${replyWords[reply]}`,
  gateUnknown: ({ code, name }: Named) => `Gate ${code} (${name}) is Unknown`,
  gateRated: ({ code, name }: Named, rating: number) => `Gate ${code} (${name}) is rated ${rating}`,
  group: ({ code, name }: Named, score: string, floor: number) =>
    `Group ${code} (${name}) scores ${score}, below ${floor}`,
  unknown: (share: string, limit: number) =>
    `${share} % of the weight is Unknown, above ${limit} %`,
}

export const formWords = {
  scale: 'Higher is always better, also for risks: 5 is a low risk. What each rating means stands beside it.',
  knockouts: 'Knock-out checks',
  knockoutsWhy: (rules: string[]) => `Whatever the score: ${rules.join('; ')}.`,
  group: ({ code, name }: Named) => `${code}. ${name}`,
  groupScore: (score: string) => `Group score ${score}`,
  groupComment: (shortest: number) =>
    `Comment on at least one criterion of this group, in ${shortest} characters or more.`,
  weight: (weight: number) => `Weight ${weight}`,
  gate: 'Gate',
  gateWhy: (rules: string[]) => `A gate, whatever the score: ${rules.join('; ')}.`,
  unknown: 'Unknown',
  unknownMeans: 'Not known yet: say what will be found out, from whom, by when',
  notApplicable: 'Not applicable',
  notApplicableMeans: (most: number) => `Leaves the score; say why. At most ${most} points of weight in all`,
  clear: 'Clear the answer',
  cleared: 'The answer was cleared.',
  undoClear: 'Undo: put the answer back',
  comment: 'Comment',
  commentOn: (code: string) => `Comment on ${code}`,
  commentDue: (shortest: number) => `Needed, ${shortest} characters or more`,
  commentLeft: (left: string) => `${left} characters left`,
  links: 'Links in this comment',
  newWindow: '(opens a new window)',
  reviewSaid: (name: string, when: string) => `${name} on review, ${when}`,
  notAnsweredYet: 'Nothing was changed here since.',
  answeredSince: 'Changed since.',
  answeredBy: (name: string, when: string) => `${name}, ${when}`,
  answeredFor: (name: string, whom: string, when: string) => `${name} on behalf of ${whom}, ${when}`,
  summary: 'Your recommendation',
  recommendation: 'What do you recommend?',
  computed: (word: string) => `The score recommends: ${word}.`,
  notComputed: 'The score recommends nothing before the last answer.',
  reason: 'Why do you recommend otherwise?',
  confidence: 'How confident are you?',
  recorded: 'For the record, not scored',
  effort: 'Bid effort in person-days',
  cost: 'Bid cost',
  currency: 'Currency',
  deadline: 'The customer’s deadline',
  ownerView: 'The sales owner’s own view',
  risks: 'Open risks',
  lessons: 'Lessons',
  competitors: 'Known competitors',
  competitor: (place: number) => `Competitor ${place}`,
  competitorName: 'Name',
  competitorNameless: 'Name each competitor.',
  competitorRemoved: (name: string) => `${name || 'The competitor'} was removed.`,
  strength: 'Strength',
  weakness: 'Weakness',
  addCompetitor: 'Add a competitor',
  removeCompetitor: (name: string) => `Remove ${name || 'this competitor'}`,
  submit: 'Submit for review',
  submitted: 'Submitted for review.',
  submitHint: 'After that nobody can change it; it can be withdrawn until it is decided.',
  toMend: (count: number, unsaved: number) => {
    if (count === 0) return 'Nothing is missing any more.'
    if (unsaved > 0) return count === 1 ? 'One thing to mend before it can be submitted' : `${count} things to mend before it can be submitted`
    return count === 1
      ? 'One thing is missing before it can be submitted'
      : `${count} things are missing before it can be submitted`
  },
  unsavedYet: 'It is not saved yet, so it was not submitted. Nothing is lost: see what the top of the page says.',
  notFillable: 'This assessment is not open for answers by you now.',
}

export const scoreWords = {
  label: 'Score so far',
  none: 'No score yet',
  upTo: (best: string) => `up to ${best}`,
  progress: (answered: number, total: number) => `${answered} of ${total}`,
  unknown: (count: number) => `${count} unknown`,
  groups: 'Groups',
  caps: 'What holds it down',
  noCaps: 'Nothing holds the recommendation down.',
  announce: (score: string, best: string, word: string) =>
    `Score ${score}, up to ${best}${word && `, ${word}`}`,
}

export const saveWords = {
  saving: 'Saving…',
  saved: (time: string) => `Saved ${time}`,
  untouched: 'Every change is saved by itself',
  dirty: 'Not saved yet',
  offline: (seconds: number) =>
    `Not saved. It is kept on this computer, and tried again in ${seconds} s.`,
  offlineUnsafe: (seconds: number) =>
    `Not saved, and this browser keeps nothing: leave the page open. Tried again in ${seconds} s.`,
  tryNow: 'Try now',
  signedOut: 'Not saved: sign in again. It is kept on this computer.',
  refused: (count: number) =>
    count === 1 ? 'One value cannot be saved' : `${count} values cannot be saved`,
  conflicts: (count: number) =>
    count === 1
      ? 'One answer was changed by two people: choose one'
      : `${count} answers were changed by two people: choose one`,
  show: 'Show it',
  closed: 'Not saved.',
  kept: 'What you typed is kept on this computer.',
  restored: (time: string) => `What was not saved the last time is back, from this computer, ${time}.`,
  merged: (by: string, count: number) =>
    `${by || 'Somebody'} changed ${count === 1 ? 'one answer' : `${count} answers`} meanwhile; yours are kept.`,
  dismiss: 'Got it',
  takenOver: 'This draft was opened in another window, where it can be edited.',
  editHere: 'Edit here instead',
}

export const conflictWords = {
  title: (name: string) => `${name || 'Somebody'} saved something else here meanwhile:`,
  choose: (by: string) => `${by || 'Somebody'} saved something else here. Choose one.`,
  nothing: 'nothing',
  taken: { mine: 'Yours was kept, in place of theirs.', theirs: 'Theirs was taken, in place of yours.' },
  mine: 'Keep mine',
  theirs: 'Take theirs',
  both: 'Keep both',
}

export const versionWords = {
  title: 'Assessment versions',
  none: 'Nothing was assessed yet.',
  columns: ['Version', 'Status', 'SA', 'Date', 'Score', 'Recommendation', 'SA recommends', 'Decided', 'Differences'] as const,
  version: (no: number) => `Version ${no}`,
  open: (no: number) => `Version ${no}`,
  compare: (older: number, newer: number) => `Compare ${older} with ${newer}`,
  compareTitle: (older: number, newer: number) => `Version ${older} and version ${newer}`,
  asSubmitted: (name: string, when: string) => `As submitted by ${name}, ${when}.`,
  asDraft: 'A draft: not submitted.',
  mirror: (when: string) => `The CRM’s facts were those of ${when}.`,
  facts: 'The CRM’s facts then',
  noAnswer: 'No answer',
  comment: 'Comment:',
  pieces: { added: '[added]', removed: '[removed]' },
  change: (points: string) => `The score changed by ${points}.`,
  noChange: 'The score is the same.',
  rounding: (points: string) => `${points} of it is rounding.`,
  criteria: 'Answers that differ',
  knockouts: 'Knock-out checks that differ',
  recorded: 'Other fields that differ',
  same: 'Nothing differs.',
  before: 'Before',
  after: 'After',
  points: 'Points of the score',
  criterion: 'Criterion',
  check: 'Check',
  field: 'Field',
}

export const carryWords = {
  offer: (name: string, score: string) =>
    `The same customer was assessed before, for ${name} (${score}).`,
  take: 'Begin with those answers',
  confirm: 'Carried over: does it still hold?',
  confirmOf: (name: string, when: string) =>
    `Carried over from ${name}, ${when}: does it still hold?`,
  confirmed: 'It holds',
}
