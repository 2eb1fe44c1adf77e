import type { QueryClient } from '@tanstack/react-query'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { getQuery, customQuery, pagesQuery } from '@/api/query'
import { opportunityKeys } from '@/api/queries'
import { sessionQuery } from '@/features/session/session'
import { files, SOURCE } from './imports.test.helper'

const HOME = 'api/query.ts'
/** A query or a key made by hand, or a key that does not come from the home. */
const BY_HAND = [
  /\b(?:infiniteQ|q)ueryOptions\b/g,
  /\bqueryFn\b/g,
  /\bqueryKey: (?!keysOf\(|opportunityKeys\.|\w+Query\b|QueryKey$)[^\n]*/gm,
  /\b(?:set|get)Quer(?:y|ies)Data(?:<[^>]*>)?\((?!\w+Query\b)[^\n]*/g,
]

/** Calls with one home each. */
const HOMES: [string, RegExp][] = [
  ['api/queries.ts', /\b(?:getQuery|pagesQuery)\(/g],
  ['api/mutation.ts', /\buseMutation\b/g],
]

test('an endpoint is read in one place, and there is one way to change something', () => {
  for (const [home, call] of HOMES) {
    const elsewhere = files.filter((file) => file !== home && file !== HOME && !file.includes('.test.'))
    expect(elsewhere.filter((file) => readFileSync(join(SOURCE, file), 'utf8').match(call))).toEqual([])
  }
  const text = readFileSync(join(SOURCE, 'api/queries.ts'), 'utf8')
  const read = [...text.matchAll(/\b((?:getQuery|pagesQuery)\('[^']+')/g)].map(([, call]) => call)
  expect(read.length).toBeGreaterThan(20)
  expect(new Set(read).size).toBe(read.length)
})

test('no query and no key is made outside their one home', () => {
  const others = files.filter((name) => !/\.test\./.test(name) && name !== HOME)
  expect(others.flatMap(madeByHand)).toEqual([])
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

/** Fail to compile: each line below has to be an error. */
export function shapesThatDoNotCompile(cache: QueryClient) {
  // @ts-expect-error -- an endpoint has the schema's shape
  cache.setQueryData(getQuery(CHANGES, { path: { id: '7' } }).queryKey, { pages: [] })
  // @ts-expect-error -- what is kept under a name has one shape
  cache.setQueryData(sessionQuery.queryKey, { name: 'Ann' })
  // @ts-expect-error -- a name nobody declared
  customQuery('somebody', ['other'], async () => null)
  // @ts-expect-error -- no such endpoint
  return getQuery('/api/nothing', {})
}
