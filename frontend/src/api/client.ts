import createClient from 'openapi-fetch'
import { heardTime } from '@/lib/clock'
import { csrfToken, keepCsrfToken } from './csrf'
import { ApiError, NoAnswer, problemOf } from './problem'
import type { components, paths } from './schema'
import { ownerOfPage, ownerSignedIn } from './signing-in-again'

/** Where the API is: beside the page, and while developing on the same host's port 8000. */
export const API_ORIGIN: string = import.meta.env.DEV
  ? (import.meta.env.VITE_API ?? `${location.protocol}//${location.hostname}:8000`)
  : location.origin

const SESSION_PATH = '/api/session'
/** What a session that another tab changed is told by. */
const OUT_OF_SESSION = ['csrf_failed', 'another_person']
const READS = ['GET', 'HEAD']

type Session = components['schemas']['Session']

export const api = createClient<paths>({
  baseUrl: API_ORIGIN,
  credentials: 'include',
  querySerializer: { array: { style: 'form', explode: true } },
  fetch: sendSignedIn,
})

/** Where the session is not that of the page any more, the request is sent again once it is. */
async function sendSignedIn(request: Request): Promise<Response> {
  const spare = request.clone()
  const answer = await send(request)
  if (!(await isOutOfSession(request, answer))) return answer
  const { csrf_token, me } = await askSession()
  keepCsrfToken(csrf_token)
  await ownerSignedIn(me)
  return send(spare)
}

async function isOutOfSession(request: Request, answer: Response): Promise<boolean> {
  if (isAboutSession(request)) return false
  if (answer.status === 401) return request.method !== 'DELETE' || !isSessionPath(request)
  if (answer.status !== 403) return false
  const problem = await answer.clone().json().catch(() => null)
  return OUT_OF_SESSION.includes(problem?.code)
}

let asking: Promise<Session> | null = null

/** Once for all that were refused together. */
function askSession(): Promise<Session> {
  asking ??= unwrap(api.GET(SESSION_PATH)).finally(() => {
    asking = null
  })
  return asking
}

async function send(request: Request): Promise<Response> {
  if (!READS.includes(request.method)) request.headers.set('X-CSRFToken', csrfToken())
  const owner = ownerOfPage()
  if (owner && !isAboutSession(request)) request.headers.set('X-Page-Of', owner.id)
  try {
    const answer = await fetch(request)
    heardTime(answer.headers.get('Date'))
    return answer
  } catch (cause) {
    if (request.signal.aborted) throw cause
    throw new NoAnswer(cause)
  }
}

/** Who is there, and signing in: from any page, and in nobody's name. */
function isAboutSession(request: Request): boolean {
  return isSessionPath(request) && request.method !== 'DELETE'
}

function isSessionPath({ url }: Request): boolean {
  return new URL(url).pathname === SESSION_PATH
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Throws: ApiError for an answer that is a problem, NoAnswer where there is none. */
export async function unwrap<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked
  if (!response.ok) throw new ApiError(response, problemOf(response, error))
  return data as T
}
