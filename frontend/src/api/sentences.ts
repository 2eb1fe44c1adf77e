/** What a person reads where the API speaks to programs. */

import { formatCount } from '@/lib/format'

export const NO_ANSWER = 'The server did not answer. Check your connection, and try again.'
export const BROKEN_PAGE = 'Something went wrong on this page. Reload it, and try again.'
export const reference = (id: string) => `Reference for support: ${id}`

const UNEXPECTED = 'Something went wrong at the server. Try again later.'
const REFUSED = 'This could not be done. Reload the page, and try again.'
const UNUSABLE = 'This value cannot be used.'

/** The API's own sentence is one for people, with names in it that may look like anything. */
const SAID_TO_PEOPLE = [
  'already_running',
  'conflict',
  'forbidden',
  'guard_failed',
  'incomplete',
  'invalid_answers',
  'launch_failed',
  'locked_out',
  'name_taken',
  'oracle_out_of_reach',
  'record_not_usable',
  'stale_version',
  'too_many_rows',
  'wrong_credentials',
  'wrong_state',
]

const SESSION_CHANGED = 'Somebody signed in or out in another tab. Reload the page.'
const BY_CODE: Record<string, string> = {
  another_person: SESSION_CHANGED,
  body_too_large: 'This is too long to be sent. Shorten it.',
  csrf_failed: SESSION_CHANGED,
  invalid_choice: 'One of the values is not known any more. Choose another, or clear it.',
  no_cookies:
    'Your browser blocks cookies for this site, and without them nobody can sign in. Allow them in its settings, and reload the page.',
  not_found: 'It does not exist, or it is not for you to see.',
  not_writable: 'This cannot be changed here.',
  repeated_parameter: 'One filter is there twice. Clear it, and choose again.',
  throttled: 'That was too much at once. Wait a minute, and try again.',
  unknown_parameter: 'BQS does not know this filter. Clear it, and choose another.',
}

/** No such sentence is shown, whatever its code. */
export const OF_PROGRAMS =
  /\b[a-z]+_[a-z]\w*|\b[A-Z]+_[A-Z]\w*|\/api\/|manage\.py|[{}<>]|\b(?:CSRF|HTTP|JSON|NUL|bytes|parameter|undefined|Traceback|preload|field)\b/

/** Of a refusal as a whole; null where nobody knows what it is. */
export function saidOf(code: string, status: number, detail: string): string | null {
  if (BY_CODE[code]) return BY_CODE[code]
  if (SAID_TO_PEOPLE.includes(code)) return detail
  if (status >= 500 || code === 'unknown') return null
  return OF_PROGRAMS.test(detail) ? REFUSED : detail
}

/** Of one value that was refused, to be read beside it. */
export function saidOfValue(code: string, detail: string): string {
  if (BY_CODE[code]) return BY_CODE[code]
  if (SAID_TO_PEOPLE.includes(code)) return detail
  if (['required', 'blank', 'null'].includes(code)) return 'Fill this in.'
  const most = code === 'max_length' && /\d+/.exec(detail)
  if (most) return `Write at most ${formatCount(Number(most[0]))} characters.`
  return OF_PROGRAMS.test(detail) ? UNUSABLE : detail
}

export function unexpected(id: string | null): string {
  return id === null ? UNEXPECTED : `${UNEXPECTED} ${reference(id)}`
}
