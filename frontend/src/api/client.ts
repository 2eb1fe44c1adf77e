import createClient from 'openapi-fetch'
import { heardTime } from '@/lib/clock'
import { csrfToken } from './csrf'
import { ApiError, NoAnswer, problemOf } from './problem'
import type { paths } from './schema'
import { signInAgain } from './signing-in-again'

/** Where the API is: beside the page, and while developing on the same host's port 8000. */
export const API_ORIGIN: string = import.meta.env.DEV
  ? (import.meta.env.VITE_API ?? `${location.protocol}//${location.hostname}:8000`)
  : location.origin

const SESSION_PATH = '/api/session'
const READS = ['GET', 'HEAD']

export const api = createClient<paths>({
  baseUrl: API_ORIGIN,
  credentials: 'include',
  querySerializer: { array: { style: 'form', explode: true } },
  fetch: sendSignedIn,
})

/** A session that ended in between is renewed by a person, and the request goes on after that. */
async function sendSignedIn(request: Request): Promise<Response> {
  const spare = request.clone()
  const answer = await send(request)
  if (answer.status !== 401 || new URL(request.url).pathname === SESSION_PATH) return answer
  await signInAgain()
  return send(spare)
}

async function send(request: Request): Promise<Response> {
  if (!READS.includes(request.method)) request.headers.set('X-CSRFToken', csrfToken())
  try {
    const answer = await fetch(request)
    heardTime(answer.headers.get('Date'))
    return answer
  } catch (cause) {
    if (request.signal.aborted) throw cause
    throw new NoAnswer(cause)
  }
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
