import { fieldLabel } from '@/entities/opportunity/catalogue'

const BOUNDS: Record<string, string> = {
  min: 'at least',
  max: 'at most',
  below: 'below',
  from: 'on or after',
  to: 'on or before',
  before: 'before',
}
/** Ranges that are not called what their fields are. */
const RANGES: Record<string, string> = { entered: 'Entered its state', first_answered: 'First answered' }
const OTHERS: Record<string, string> = {
  changed_since: 'Changed since',
  first_answer: 'First answer',
  reached: 'Reached',
  rated: 'Rated criterion',
  for_you: 'For you',
  attention_reason: 'Needs attention',
  deciding_band: 'Band when decided',
  reason_code: 'Reason',
}

/** Name a filter by its field: `Bid due on or after`, `Value at least`. */
export function filterLabel(name: string): string {
  const [, range = '', bound = ''] = /^(.+)_(min|max|below|from|to|before)$/.exec(name) ?? []
  if (range) return `${RANGES[range] ?? fieldLabel(range)} ${BOUNDS[bound]}`
  return OTHERS[name] ?? fieldLabel(name)
}
