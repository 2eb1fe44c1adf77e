import { fieldLabel } from '@/entities/opportunity/catalogue'

const BOUNDS: Record<string, string> = {
  min: 'at least',
  max: 'at most',
  below: 'below',
  from: 'from',
  to: 'to',
  before: 'before',
}
/** Ranges whose parameters are not named after their fields. */
const RANGES: Record<string, string> = { entered: 'status_entered_at', first_answered: 'first_assessment_at' }
const OTHERS: Record<string, string> = {
  changed_since: 'Changed since',
  first_answer: 'First answer',
  reached: 'Reached',
  rated: 'Rated in',
  attention_reason: 'Needs attention',
  deciding_band: 'Band when decided',
  reason_code: 'Reason',
}

/** Name a filter by its field: `Bid due from`, `Value at least`. */
export function filterLabel(name: string): string {
  const [, range = '', bound = ''] = /^(.+)_(min|max|below|from|to|before)$/.exec(name) ?? []
  if (range) return `${fieldLabel(RANGES[range] ?? range)} ${BOUNDS[bound]}`
  return OTHERS[name] ?? fieldLabel(name)
}
