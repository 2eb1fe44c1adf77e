import { expect, test } from 'vitest'
import { type Comment, partsOf, threadsOf, typedMention, withMention } from './threads'

function comment(id: string, changes: Comment['changes'] = {}, reason = ''): Comment {
  return { id, changes, reason } as Comment
}

test('replies stand below their first comment, oldest first', () => {
  const newestFirst = [
    comment('4', { reply_to: [null, '1'] }),
    comment('3'),
    comment('2', { reply_to: [null, '1'] }),
    comment('1'),
  ]
  const threads = threadsOf(newestFirst).map(({ first, replies }) => [first.id, ...replies.map(({ id }) => id)])
  expect(threads).toEqual([['3'], ['1', '2', '4']])
})

test('a reply whose first comment is not loaded is not lost', () => {
  expect(threadsOf([comment('9', { reply_to: [null, '1'] })])).toHaveLength(1)
})

test('the names of those mentioned stand out, the longest first', () => {
  const parts = partsOf(comment('1', { mentions: [[], ['Ana', 'Ana (A)']] }, 'See @Ana (A) and @Ana.'))
  expect(parts.filter(({ isMention }) => isMention).map(({ text }) => text)).toEqual(['@Ana (A)', '@Ana'])
})

test.each([
  ['Hi @Zo', 6, 'Zo'],
  ['@', 1, ''],
  ['me@example', 10, null],
  ['Hi @Zoë and', 11, null],
])('%s at %i mentions %s', (text, caret, typed) => {
  expect(typedMention(text, caret)).toBe(typed)
})

test('a chosen name takes the place of what was typed', () => {
  expect(withMention('Hi @Zo, look', 6, 'Zoë L.')).toEqual(['Hi @Zoë L. , look', 11])
})
