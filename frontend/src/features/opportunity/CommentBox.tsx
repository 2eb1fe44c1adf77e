import { useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import { useComment } from './actions'
import { timelineWords } from './strings'
import styles from './Timeline.module.css'

interface CommentBoxProps {
  id: string
  /** Whoever sells it is asked for what they know. */
  isOfSales?: boolean
}

export function CommentBox({ id, isOfSales = false }: CommentBoxProps) {
  const [text, write] = useState('')
  const comment = useComment(id)
  return (
    <div className={styles.comment}>
      <TextField
        label={isOfSales ? timelineWords.salesInput : timelineWords.comment}
        description={isOfSales ? timelineWords.salesHint : undefined}
        rows={isOfSales ? 4 : 2}
        value={text}
        onChange={write}
      />
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
