import { commentChanges, type Piece } from './comment-changes'
import styles from './CommentChanges.module.css'
import { versionWords } from '../strings'

/** Mark changes by strike-out and underline, and in words for screen readers: colour only helps. */
export function CommentChanges({ before, after }: { before: string; after: string }) {
  return (
    <p className={styles.changes}>
      <span className={styles.label}>{versionWords.comment}</span>{' '}
      {commentChanges(before, after).map((piece, place) => (
        <Part key={place} piece={piece} />
      ))}
    </p>
  )
}

function Part({ piece: { kind, text } }: { piece: Piece }) {
  if (kind === 'same') return text
  const Element = kind === 'added' ? 'ins' : 'del'
  return (
    <Element>
      <span className="visually-hidden">{versionWords.pieces[kind]} </span>
      {text}
    </Element>
  )
}
