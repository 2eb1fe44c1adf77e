import { useState } from 'react'
import { announce } from '@/ui/Announcer'
import { Button } from '@/ui/Button'
import { useField } from '../draft/DraftContext'
import styles from '../fields.module.css'
import { formWords } from '../strings'

/** Clear an answer; pressed again it puts the answer back. Stands after the comment, last for Tab. */
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
