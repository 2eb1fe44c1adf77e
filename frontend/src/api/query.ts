/** The one home of query keys: an endpoint and its parameters are the key, so the schema says its shape. */

import {
  type DataTag,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  type UseQueryOptions,
} from '@tanstack/react-query'
import { api, unwrap } from './client'
import type { paths } from './schema'
import type { Opportunity } from './types'

type Answered<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } }
}
  ? Answer
  : never
type Asked<Path extends keyof paths> = paths[Path] extends { get: { parameters: infer Parameters } }
  ? Omit<Parameters, 'header' | 'cookie'>
  : never
export type Readable = { [Path in keyof paths]: Answered<Path> extends never ? never : Path }[keyof paths]

/** What is kept in a shape of our own; whoever keeps one adds its name, which can have one shape only. */
// oxlint-disable-next-line typescript/no-empty-interface -- filled in by those who keep one
export interface CustomData {}

/** What one change makes stale together; an open draft is never asked for again. */
const TOPICS: [RegExp, Topic][] = [
  [/assessment-draft$/, 'draft'],
  [/^\/api\/opportunities\/fields$/, 'other'],
  [/^\/api\/(opportunities|for-you|jump)/, 'opportunities'],
  [/^\/api\/users/, 'people'],
  [/^\/api\/dashboard/, 'dashboard'],
  [/^\/api\/sync-/, 'sync'],
  [/^\/api\/notifications/, 'bell'],
  [/^\/api\/(saved-views|me\/)/, 'mine'],
]
export type Topic = 'draft' | 'opportunities' | 'people' | 'dashboard' | 'sync' | 'bell' | 'mine' | 'other'

/** Return the start of the keys of a topic, or of one opportunity. */
export function keysOf(topic: Topic, id?: string) {
  return [id === undefined ? { topic } : { topic, id }] as const
}

export function invalidateTopics(cache: QueryClient, ...topics: Topic[]): Promise<unknown> {
  return Promise.all(topics.map((topic) => cache.invalidateQueries({ queryKey: keysOf(topic) })))
}

/** Show a changed row where it stands in the lists that have it, until they are read again. */
export function putIntoLists(cache: QueryClient, changed: Opportunity): void {
  const rowsWith = (rows: Opportunity[]) => rows.map((row) => (row.id === changed.id ? { ...row, ...changed } : row))
  cache.setQueriesData<{ results: Opportunity[] }>(
    { queryKey: [...keysOf('opportunities'), '/api/opportunities'] },
    (list) => list && { ...list, results: rowsWith(list.results) },
  )
}

type Options<Answer, Shown> = Omit<UseQueryOptions<Answer, Error, Shown>, 'queryKey' | 'queryFn'>

/** Read one answer of an endpoint. */
export function getQuery<Path extends Readable, Shown = Answered<Path>>(
  path: Path,
  asked: Asked<Path>,
  options: Options<Answered<Path>, Shown> = {},
) {
  return queryOptions({
    ...options,
    queryKey: keyOf(path, asked, 'one') as unknown as DataTag<readonly unknown[], Answered<Path>, Error>,
    queryFn: ({ signal }) => ask(path, asked, signal),
  })
}

type OfOpportunity = { [Path in Readable]: Asked<Path> extends { path: { id: string } } ? Path : never }[Readable]

/** Return how to read what one opportunity has. */
export function ofOpportunity<Path extends OfOpportunity>(path: Path, query: object = {}) {
  return (id: string) => getQuery(path, { path: { id }, query } as unknown as Asked<Path>)
}

const PAGE_SIZE = 50

type Paged<Path extends Readable> = Extract<Answered<Path>, { next?: string | null }> & Answered<Path>

/** Read a list page after page. */
export function pagesQuery<Path extends Readable>(path: Path, asked: Asked<Path>) {
  return infiniteQueryOptions({
    queryKey: keyOf(path, asked, 'pages') as readonly unknown[],
    queryFn: ({ pageParam, signal }) => {
      const { query } = asked as { query?: object }
      return ask(path, { ...asked, query: { ...query, page: pageParam, page_size: PAGE_SIZE } }, signal) as Promise<Paged<Path>>
    },
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (last.next ? pages.length + 1 : null),
  })
}

/** Keep data in a shape other than the server's. */
export function customQuery<Name extends keyof CustomData>(
  name: Name,
  [topic, id]: [Topic, string?],
  make: (asked: { client: QueryClient; signal: AbortSignal }) => Promise<CustomData[Name]>,
  options: Options<CustomData[Name], CustomData[Name]> = {},
) {
  return queryOptions({
    ...options,
    queryKey: [...keysOf(topic, id), name, 'own'] as unknown as DataTag<readonly unknown[], CustomData[Name], Error>,
    queryFn: ({ client, signal }) => make({ client, signal }),
  })
}

function keyOf(path: string, asked: object, kind: 'one' | 'pages') {
  const topic = TOPICS.find(([pattern]) => pattern.test(path))?.[1] ?? 'other'
  const id = (asked as { path?: { id?: string } }).path?.id
  return [...keysOf(topic, id), path, asked, kind] as const
}

/** Ask an endpoint; the compiler cannot follow the client's types through a variable path. */
function ask<Path extends Readable>(path: Path, asked: object, signal: AbortSignal): Promise<Answered<Path>> {
  const get = api.GET as (path: string, init: object) => ReturnType<typeof api.GET<'/api/session', never>>
  return unwrap(get(path, { params: asked, signal })) as Promise<unknown> as Promise<Answered<Path>>
}
