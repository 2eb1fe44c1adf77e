import { offerUndo } from '@/entities/undo'
import { Button } from '@/ui/Button'
import { useFieldValue, useForm } from './DraftContext'
import styles from '../fields.module.css'
import { conflictWords, replyWords } from '../strings'
import { competitorsInWords } from './competitors'
import type { Value } from './values'

/** Show the other answer under mine until one is chosen. */
export function ConflictPanel({ name, mayKeepBoth = false }: { name: string; mayKeepBoth?: boolean }) {
  const { autosave } = useForm()
  const { conflict, value: mine } = useFieldValue<Value>(name, '')
  if (!conflict) return null
  const theirs = Array.isArray(conflict.theirs) ? competitorsInWords(conflict.theirs) : conflict.theirs
  const { theirs: other } = conflict

  function take(chosen: 'mine' | 'theirs') {
    autosave.settle(name, chosen)
    offerUndo(conflictWords.taken[chosen], () => autosave.type(name, chosen === 'mine' ? other : mine))
  }

  return (
    <div className={styles.conflict} role="group" aria-label={conflictWords.title(conflict.by)}>
      <p>{conflictWords.title(conflict.by)}</p>
      <blockquote>{inWords(theirs) || conflictWords.nothing}</blockquote>
      <div className={styles.buttons}>
        <Button onPress={() => take('mine')}>{conflictWords.mine}</Button>
        <Button onPress={() => take('theirs')}>{conflictWords.theirs}</Button>
        {mayKeepBoth && (
          <Button onPress={() => autosave.settle(name, 'both')}>{conflictWords.both}</Button>
        )}
      </div>
    </div>
  )
}

function inWords(value: string): string {
  return value in replyWords ? replyWords[value as keyof typeof replyWords] : value
}
