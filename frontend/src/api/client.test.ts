import { afterEach, expect, test, vi } from 'vitest'
import { api, unwrap } from './client'
import { keepCsrfToken } from './csrf'
import type { Me } from './types'
import { ApiError, fieldErrors, NoAnswerError, sentenceOf } from './problem'
import { isSignInNeeded, setPageOwner, sessionProblem, resumeRequests } from './session-owner'

const PROBLEM = {
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  detail: 'Some values cannot be used: name.',
  code: 'invalid',
  errors: [{ field: 'name', code: 'required', detail: 'This field is required.' }],
}

/** Answer requests in order; return those sent. */
function answering(...answers: (Response | Error)[]): Request[] {
  const sent: Request[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(request.clone())
    const answer = answers.shift() ?? new Response('{}')
    if (answer instanceof Error) throw answer
    return answer
  })
  return sent
}

function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'X-Request-ID': 'abc' } })
}

const ANN = { id: '1', name: 'Ann' } as Me
const BEA = { id: '2', name: 'Bea' } as Me
const CSRF_FAILED = json({ ...PROBLEM, status: 403, code: 'csrf_failed' }, 403)

afterEach(() => {
  vi.unstubAllGlobals()
  setPageOwner(null)
  resumeRequests()
})

test('what writes carries the CSRF token, what reads does not', async () => {
  keepCsrfToken('t0ken')
  const sent = answering(json({}), json({}))
  await unwrap(api.GET('/api/me'))
  await unwrap(api.POST('/api/saved-views', { body: { name: 'Mine' } }))
  expect(sent.map((request) => request.headers.get('X-CSRFToken'))).toEqual([null, 't0ken'])
})

test('a problem is thrown with its words, its fields and its reference', async () => {
  answering(json(PROBLEM, 400))
  const error = await unwrap(api.GET('/api/me')).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 400, requestId: 'abc' })
  expect(fieldErrors(error)).toEqual({ name: 'Fill this in.' })
  expect(sentenceOf(error)).toBe('Fill this in.')
})

test('an answer that explains nothing is still a sentence', async () => {
  answering(new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'X-Request-ID': 'abc' } }))
  const error = await unwrap(api.GET('/api/me')).catch((caught: unknown) => caught)
  expect(sentenceOf(error)).toBe(
    'Something went wrong on the server. Try again later. Reference for support: abc',
  )
})

test('no answer at all is told from a refusal', async () => {
  answering(new TypeError('Failed to fetch'))
  await expect(unwrap(api.GET('/api/me'))).rejects.toBeInstanceOf(NoAnswerError)
})

test('a request whose session has ended waits for a sign-in, and is sent again with the new token', async () => {
  keepCsrfToken('old')
  const sent = answering(json({}, 401), json({ csrf_token: 'none', me: null }), json({ id: '1' }))
  const saving = unwrap(api.POST('/api/saved-views', { body: { name: 'Mine' } }))
  await vi.waitFor(() => expect(isSignInNeeded()).toBe(true))
  expect(sent).toHaveLength(2)
  keepCsrfToken('new')
  resumeRequests()
  await expect(saving).resolves.toEqual({ id: '1' })
  expect(isSignInNeeded()).toBe(false)
  expect(sent[2]?.headers.get('X-CSRFToken')).toBe('new')
  await expect(sent[2]?.json()).resolves.toEqual({ name: 'Mine' })
})

test('asking who is signed in never waits for anybody', async () => {
  answering(json(PROBLEM, 401))
  await expect(unwrap(api.GET('/api/session'))).rejects.toBeInstanceOf(ApiError)
  expect(isSignInNeeded()).toBe(false)
})

function save() {
  return unwrap(api.POST('/api/saved-views', { body: { name: 'Mine' } }))
}

test('who signed in again in another tab is asked for once, and what was refused is sent again', async () => {
  setPageOwner(ANN)
  keepCsrfToken('old')
  const sent = answering(CSRF_FAILED.clone(), CSRF_FAILED.clone(), json({ csrf_token: 'new', me: ANN }), json({ id: '1' }), json({ id: '2' }))
  await expect(Promise.all([save(), save()])).resolves.toEqual([{ id: '1' }, { id: '2' }])
  expect(sent.map(({ url, headers }) => [new URL(url).pathname, headers.get('X-CSRFToken'), headers.get('X-Page-Of')])).toEqual([
    ['/api/saved-views', 'old', '1'],
    ['/api/saved-views', 'old', '1'],
    ['/api/session', null, null],
    ['/api/saved-views', 'new', '1'],
    ['/api/saved-views', 'new', '1'],
  ])
  expect(isSignInNeeded()).toBe(false)
})

test.each(['csrf_failed', 'another_person'])('nothing goes out in the name of another (%s): it waits for the owner', async (code) => {
  setPageOwner(ANN)
  const sent = answering(json({ ...PROBLEM, code }, 403), json({ csrf_token: 'of Bea', me: BEA }), json({ id: '1' }))
  const saving = unwrap(api.POST('/api/saved-views', { body: { name: 'Mine' } }))
  await vi.waitFor(() => expect(sessionProblem()).toEqual({ kind: 'another', name: 'Bea' }))
  expect(sent).toHaveLength(2)
  resumeRequests()
  await expect(saving).resolves.toEqual({ id: '1' })
})

test('any other refusal is what it is', async () => {
  setPageOwner(ANN)
  const sent = answering(json({ ...PROBLEM, code: 'forbidden' }, 403))
  await expect(unwrap(api.GET('/api/me'))).rejects.toBeInstanceOf(ApiError)
  expect(sent).toHaveLength(1)
})

test('what asks by itself opens nothing over words that are being typed', async () => {
  const box = document.body.appendChild(document.createElement('textarea'))
  box.focus()
  answering(json({ ...PROBLEM, status: 401, code: 'not_authenticated' }, 401))
  await expect(unwrap(api.GET('/api/pulse'))).rejects.toMatchObject({ status: 401 })
  expect(isSignInNeeded()).toBe(false)
  box.remove()
})
