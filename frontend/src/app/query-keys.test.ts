import type { QueryClient } from '@tanstack/react-query'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { getQuery, ownQuery, pagesQuery } from '@/api/query'
import { opportunityKeys } from '@/entities/opportunity/queries'
import { sessionQuery } from '@/features/session/session'

const SOURCE = 'src'
const HOME = 'api/query.ts'
/** A query or a key made by hand, or a key that does not come from the home. */
const BY_HAND = [
  /\b(?:infiniteQ|q)ueryOptions\b/g,
  /\bqueryFn\b/g,
  /\bqueryKey: (?!keysOf\(|opportunityKeys\.|\w+Query\b|QueryKey$)[^\n]*/gm,
  /\b(?:set|get)Quer(?:y|ies)Data(?:<[^>]*>)?\((?!\w+Query\b)[^\n]*/g,
]

test('no query and no key is made outside their one home', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\./.test(name) && name !== HOME,
  )
  expect(files.flatMap(madeByHand)).toEqual([])
})

function madeByHand(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8')
  return BY_HAND.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => `${file}: ${found}`))
}

const CHANGES = '/api/opportunities/{id}/changes'

test('one answer and page after page of the same endpoint are kept apart, and both are of the opportunity', () => {
  const asked = { path: { id: '7' } }
  const keys = [getQuery(CHANGES, asked), pagesQuery(CHANGES, asked)].map((query) => query.queryKey as readonly unknown[])
  expect(keys[0]).not.toEqual(keys[1])
  expect(keys.map(([first]) => [first])).toEqual([opportunityKeys.detail('7'), opportunityKeys.detail('7')])
})

/** Read by the compiler: each line below has to be an error. */
export function shapesThatDoNotCompile(cache: QueryClient) {
  // @ts-expect-error -- an endpoint has the schema's shape
  cache.setQueryData(getQuery(CHANGES, { path: { id: '7' } }).queryKey, { pages: [] })
  // @ts-expect-error -- what is kept under a name has one shape
  cache.setQueryData(sessionQuery.queryKey, { name: 'Ann' })
  // @ts-expect-error -- a name nobody declared
  ownQuery('somebody', ['other'], async () => null)
  // @ts-expect-error -- no such endpoint
  return getQuery('/api/nothing', {})
}
