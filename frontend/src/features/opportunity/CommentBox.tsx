import { useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import { useComment } from './actions'
import { timelineWords } from './strings'
import styles from './Timeline.module.css'

export function CommentBox({ id }: { id: string }) {
  const [text, write] = useState('')
  const comment = useComment(id)
  return (
    <div className={styles.comment}>
      <TextField label={timelineWords.comment} rows={2} value={text} onChange={write} />
      {comment.isError && (
        <p role="alert" className={styles.error}>
          {sentenceOf(comment.error)}
        </p>
      )}
      {text.trim() !== '' && (
        <Button
          isPending={comment.isPending}
          onPress={() => comment.mutate(text, { onSuccess: () => write('') })}
        >
          {timelineWords.send}
        </Button>
      )}
    </div>
  )
}
