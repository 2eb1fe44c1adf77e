/** What of a comment went, came and stayed, word by word. Pure. */

import { diffWordsWithSpace } from 'diff'

export interface Piece {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** With less in common than this share, it is another comment, and reads better as a whole. */
const RELATED = 0.3

export function commentChanges(before: string, after: string): Piece[] {
  const pieces = diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: kindOf(added, removed),
    text: value,
  }))
  const common = pieces.filter(isWord).reduce((sum, { text }) => sum + text.length, 0)
  const isRelated = common >= RELATED * Math.max(before.length, after.length)
  return isRelated ? pieces : whole(before, after)
}

function kindOf(added: boolean, removed: boolean): Piece['kind'] {
  if (added) return 'added'
  return removed ? 'removed' : 'same'
}

function isWord({ kind, text }: Piece): boolean {
  return kind === 'same' && text.trim() !== ''
}

function whole(before: string, after: string): Piece[] {
  const both: Piece[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]
  return both.filter(({ text }) => text !== '')
}
