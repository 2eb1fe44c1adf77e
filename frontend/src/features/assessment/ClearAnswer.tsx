import { useState } from 'react'
import { announce } from '@/ui/Announcer'
import { Button } from '@/ui/Button'
import { useField } from './DraftContext'
import styles from './fields.module.css'
import { formWords } from './strings'

/** Behind the comment, where Tab comes last; pressed again it puts the answer back. */
export function ClearAnswer({ name }: { name: string }) {
  const { value, change } = useField(name)
  const [cleared, setCleared] = useState('')
  const isUndo = value === '' && cleared !== ''

  function press() {
    if (isUndo) return change(cleared)
    setCleared(value)
    change('')
    announce(formWords.cleared)
  }

  return (
    <div className={styles.clear} data-idle={(!value && !isUndo) || undefined}>
      <Button kind="quiet" onPress={press}>
        {isUndo ? formWords.undoClear : formWords.clear}
      </Button>
    </div>
  )
}
