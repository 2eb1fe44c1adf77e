import { type ChangeInWords, changesInWords, type FieldChange } from './changes'
import { fieldLabel } from './catalogue'
import { changedWord } from './strings'

interface ChangeLinesProps {
  changes: FieldChange[]
  /** Of the amounts, after these changes. */
  currency: string | null
  className?: string
}

/** List each changed field with its old and new value. */
export function ChangeLines({ changes, currency, className }: ChangeLinesProps) {
  if (changes.length === 0) return null
  return (
    <ul className={className}>
      {changesInWords(changes, currency).map((change) => (
        <li key={change.field}>{lineOf(change)}</li>
      ))}
    </ul>
  )
}

function lineOf({ field, old, now }: ChangeInWords): string {
  return `${fieldLabel(field)}: ${changedWord(old, now)}`
}
