import createClient from 'openapi-fetch'
import { setServerTime } from '@/lib/clock'
import { PREFIX } from '@/lib/prefix'
import { csrfToken, keepCsrfToken } from './csrf'
import { ApiError, NoAnswerError, problemOf } from './problem'
import type { paths, Session } from './schema'
import { pageOwner, waitForOwner } from './session-owner'

/** Where the API is: beside the page, and while developing on the same host's port 8000. */
export const API_ORIGIN: string = import.meta.env.DEV
  ? (import.meta.env.VITE_API ?? `${location.protocol}//${location.hostname}:8000`)
  : location.origin + PREFIX

const SESSION_PATH = '/api/session'
/** What a session that another tab changed is told by. */
const OUT_OF_SESSION = ['csrf_failed', 'another_person']
const READS = ['GET', 'HEAD']


export const api = createClient<paths>({
  baseUrl: API_ORIGIN,
  credentials: 'include',
  querySerializer: { array: { style: 'form', explode: true } },
  fetch: sendSignedIn,
})

/** Send a request; where the session has changed, wait for the page's owner and send it again. */
async function sendSignedIn(request: Request): Promise<Response> {
  const spare = request.clone()
  const answer = await send(request)
  if (!(await isOutOfSession(request, answer))) return answer
  const { csrf_token, me } = await askSession()
  keepCsrfToken(csrf_token)
  await waitForOwner(me)
  return send(spare)
}

async function isOutOfSession(request: Request, answer: Response): Promise<boolean> {
  if (isAboutSession(request) || (isPulse(request) && isTyping())) return false
  if (answer.status === 401) return request.method !== 'DELETE' || !isSessionPath(request)
  if (answer.status !== 403) return false
  const problem = await answer.clone().json().catch(() => null)
  return OUT_OF_SESSION.includes(problem?.code)
}

let asking: Promise<Session> | null = null

/** Read the session once for all requests refused together. */
function askSession(): Promise<Session> {
  asking ??= unwrap(api.GET(SESSION_PATH)).finally(() => {
    asking = null
  })
  return asking
}

async function send(request: Request): Promise<Response> {
  if (!READS.includes(request.method)) request.headers.set('X-CSRFToken', csrfToken())
  const owner = pageOwner()
  if (owner && !isAboutSession(request)) request.headers.set('X-Page-Of', owner.id)
  try {
    const answer = await fetch(request)
    setServerTime(answer.headers.get('Date'))
    return answer
  } catch (cause) {
    if (request.signal.aborted) throw cause
    throw new NoAnswerError(cause)
  }
}

/** Tell whether a request reads the session or signs in, which anyone may do. */
function isAboutSession(request: Request): boolean {
  return isSessionPath(request) && request.method !== 'DELETE'
}

/** What asks by itself opens no dialog over words that are being typed: sending them finds out. */
function isPulse({ url }: Request): boolean {
  return new URL(url).pathname === `${PREFIX}/api/pulse`
}

function isTyping(): boolean {
  return document.activeElement?.matches('input, textarea') ?? false
}

function isSessionPath({ url }: Request): boolean {
  return new URL(url).pathname === PREFIX + SESSION_PATH
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Return the data. Throws: ApiError for an answer that is a problem, NoAnswerError where there is none. */
export async function unwrap<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked
  if (!response.ok) throw new ApiError(response, problemOf(response, error))
  return data as T
}
