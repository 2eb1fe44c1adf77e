import type { Problem } from './schema'
import { BROKEN_PAGE, NO_ANSWER, codeSentence, valueSentence, unexpected } from './sentences'

/** What the API answered instead of what was asked for. */
export class ApiError extends Error {
  readonly status: number
  readonly problem: Problem
  readonly requestId: string | null
  /** Seconds, where the server says when to come again. */
  readonly retryAfter: number | null

  constructor(response: Response, problem: Problem) {
    super(problem.detail)
    this.name = 'ApiError'
    this.status = response.status
    this.problem = problem
    this.requestId = response.headers.get('X-Request-ID')
    this.retryAfter = Number(response.headers.get('Retry-After')) || null
  }
}

/** No answer at all: offline, or the server is down. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('The server did not answer.', { cause })
    this.name = 'NoAnswerError'
  }
}

/** Return the sentences to show, by field such as `conditions.0.due_on`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  const found: Record<string, string> = {}
  for (const { field, code, detail } of error.problem.errors ?? []) {
    const sentence = valueSentence(code, detail)
    found[field] = found[field] ? `${found[field]} ${sentence}` : sentence
  }
  return found
}

/** Turn any error into one sentence for people: the only way from an error to the page. */
export function sentenceOf(error: unknown): string {
  if (error instanceof NoAnswerError) return NO_ANSWER
  if (!(error instanceof ApiError)) return BROKEN_PAGE
  const { status, problem, requestId } = error
  const values = (problem.errors ?? []).map(({ code, detail }) => valueSentence(code, detail))
  if (values.length > 0) return [...new Set(values)].join(' ')
  return codeSentence(problem.code, status, problem.detail) ?? unexpected(requestId)
}

export function problemOf(response: Response, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'detail' in body) return body as Problem
  const title = response.statusText || `HTTP ${response.status}`
  const detail = `The server answered ${response.status} without saying why.`
  return { type: 'about:blank', title, status: response.status, detail, code: 'unknown' }
}
