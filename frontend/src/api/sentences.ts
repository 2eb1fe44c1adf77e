/** What a person reads where the API speaks to programs. */

import { formatCount } from '@/lib/format'

export const NO_ANSWER = 'The server did not answer. Check your connection and try again.'
export const BROKEN_PAGE = 'Something went wrong on this page. Reload it and try again.'
export const reference = (id: string) => `Reference for support: ${id}`

const UNEXPECTED = 'Something went wrong on the server. Try again later.'
const REFUSED = 'That did not work. Reload the page and try again.'
const UNUSABLE = 'This value cannot be used.'

/** The API's own sentence is one for people, with names in it that may look like anything. */
const WRITTEN_FOR_PEOPLE = [
  'already_running',
  'conflict',
  'forbidden',
  'guard_failed',
  'incomplete',
  'invalid_answers',
  'launch_failed',
  'name_taken',
  'oracle_out_of_reach',
  'record_not_usable',
  'stale_version',
  'too_many_tries',
  'too_many_rows',
  'wrong_credentials',
  'wrong_state',
]

const SESSION_CHANGED = 'Someone signed in or out in another tab. Reload the page.'
const BY_CODE: Record<string, string> = {
  another_person: SESSION_CHANGED,
  body_too_large: 'This is too long. Shorten it.',
  csrf_failed: SESSION_CHANGED,
  invalid_choice: 'This value no longer exists. Choose another, or clear it.',
  no_cookies:
    'Your browser blocks cookies for this site. Allow them in the browser settings, then reload the page.',
  not_found: 'It does not exist, or you cannot see it.',
  not_writable: 'You cannot change this here.',
  repeated_parameter: 'A filter is set twice. Clear it and choose again.',
  throttled: 'Too many requests. Wait a minute and try again.',
  unknown_parameter: 'BQS does not know this filter. Clear it and choose another.',
}

/** No such sentence is shown, whatever its code. */
export const PROGRAM_WORDS =
  /\b[a-z]+_[a-z]\w*|\b[A-Z]+_[A-Z]\w*|\/api\/|manage\.py|[{}<>]|\b(?:CSRF|HTTP|JSON|NUL|bytes|parameter|undefined|Traceback|preload|field|YYYY)\b/

/** Return the sentence for an error as a whole, or null where none is known. */
export function codeSentence(code: string, status: number, detail: string): string | null {
  if (BY_CODE[code]) return BY_CODE[code]
  if (WRITTEN_FOR_PEOPLE.includes(code)) return detail
  if (status >= 500 || code === 'unknown') return null
  return PROGRAM_WORDS.test(detail) ? REFUSED : detail
}

/** Return the sentence for one invalid value, to show beside it. */
export function valueSentence(code: string, detail: string): string {
  if (BY_CODE[code]) return BY_CODE[code]
  if (WRITTEN_FOR_PEOPLE.includes(code)) return detail
  if (['required', 'blank', 'null'].includes(code)) return 'Fill this in.'
  const most = code === 'max_length' && /\d+/.exec(detail)
  if (most) return `Write at most ${formatCount(Number(most[0]))} characters.`
  return PROGRAM_WORDS.test(detail) ? UNUSABLE : detail
}

export function unexpected(id: string | null): string {
  return id === null ? UNEXPECTED : `${UNEXPECTED} ${reference(id)}`
}
