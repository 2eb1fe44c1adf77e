import { expect, test } from 'vitest'
import { ApiError, fieldErrors, sentenceOf } from './problem'
import type { Problem } from './schema'
import { PROGRAM_WORDS } from './sentences'

function problem(status: number, code: string, detail: string, errors?: Problem['errors']): ApiError {
  const response = new Response(null, { status, headers: { 'X-Request-ID': 'abc' } })
  return new ApiError(response, { type: 'about:blank', title: '', status, code, detail, errors })
}

function value(code: string, detail: string): ApiError {
  return problem(400, 'invalid', 'Some values cannot be used: x_y.', [{ field: 'x_y', code, detail }])
}

const FOR_PROGRAMS = [
  problem(403, 'csrf_failed', 'CSRF Failed: CSRF token from the X-Csrftoken HTTP header incorrect.'),
  problem(403, 'no_cookies', 'CSRF Failed: CSRF cookie not set.'),
  problem(400, 'parse_error', 'JSON parse error - Expecting value: line 1 column 1 (char 0)'),
  problem(404, 'not_found', 'The API has no such address; /api/docs lists them all.'),
  problem(413, 'body_too_large', 'Send a shorter body: at most 1000000 bytes.'),
  problem(429, 'throttled', 'Request was throttled. Expected available in 12 seconds.'),
  problem(406, 'not_acceptable', 'Could not satisfy the request Accept header of application/json.'),
  problem(418, 'brand_new', 'lock_version is missing.'),
  value('unknown_parameter', 'This parameter does not exist. Did you mean practice?'),
  value('invalid', 'Group 2, colour: This parameter does not exist. /api/docs lists them all.'),
  value('invalid_choice', 'WON is not one of NEW, IN_ASSESSMENT. Repeat the parameter for several.'),
  value('not_writable', 'This cannot be written here. Did you mean lock_version?'),
  value('invalid', 'Send a list of {name, strength, weakness}.'),
  value('required', 'This field is required.'),
]

test('what the API says to programs reaches a person in words of their own', () => {
  for (const error of FOR_PROGRAMS) {
    const sentence = sentenceOf(error)
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence).not.toMatch(PROGRAM_WORDS)
    expect(Object.values(fieldErrors(error)).join(' ')).not.toMatch(PROGRAM_WORDS)
  }
})

test('what it says to people stays as it is, with every name in it', () => {
  const refusal = 'demo_sa is not an active SA.'
  expect(sentenceOf(problem(409, 'guard_failed', refusal))).toBe(refusal)
  expect(sentenceOf(value('wrong_credentials', 'The user name or password is wrong.'))).toContain('wrong')
  const tooLong = value('max_length', 'Ensure this field has no more than 10000 characters.')
  expect(sentenceOf(tooLong)).toBe('Write at most 10,000 characters.')
  expect(sentenceOf(value('invalid', 'Write a date like 2026-01-31.'))).toBe('Write a date like 2026-01-31.')
})

test('a fault of ours is a plain sentence with a reference, and one of the page names no code', () => {
  const broken = problem(500, 'error', 'Something went wrong on the server. The server log has the cause.')
  expect(sentenceOf(broken)).toBe('Something went wrong on the server. Try again later. Reference for support: abc')
  for (const error of [new TypeError("Cannot read properties of undefined (reading 'map')"), new Error('Unable to preload CSS for /x.css'), 'x']) {
    expect(sentenceOf(error)).toBe('Something went wrong on this page. Reload it and try again.')
  }
})
