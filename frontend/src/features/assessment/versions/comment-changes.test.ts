import { expect, test } from 'vitest'
import { commentChanges } from './comment-changes'

const texts = (before: string, after: string) =>
  commentChanges(before, after).map(({ kind, text }) => [kind, text])

test('one word for another is told within what stayed', () => {
  expect(texts('Two references of last year.', 'Three references of last year.')).toEqual([
    ['removed', 'Two'],
    ['added', 'Three'],
    ['same', ' references of last year.'],
  ])
})

test('a comment that came is added, one that went is removed', () => {
  expect(texts('', 'Seen by the sponsor.')).toEqual([['added', 'Seen by the sponsor.']])
  expect(texts('Seen by the sponsor.', '')).toEqual([['removed', 'Seen by the sponsor.']])
})

test('another comment is not cut into the few words that both happen to have', () => {
  expect(texts('The incumbent is strong here.', 'Nobody knows what is asked for in the tender.')).toEqual([
    ['removed', 'The incumbent is strong here.'],
    ['added', 'Nobody knows what is asked for in the tender.'],
  ])
})

test('the two comments can be read out of it, whatever is in them', () => {
  const before = 'Line one\n  <b>two</b> – 30 % of “it”\nend'
  const after = 'Line one\n\n<b>two</b> – 35 % of “it”, end 👍'
  const pieces = commentChanges(before, after)
  const without = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map(({ text }) => text).join('')
  expect(without('added')).toBe(before)
  expect(without('removed')).toBe(after)
})
