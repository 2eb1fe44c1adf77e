import { fieldErrors } from '@/api/problem'
import { ErrorNote } from '@/entities/ErrorNote'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { usePersistedInput } from '@/lib/persisted-input'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import { useComment } from '../actions/actions'
import { timelineWords } from '../strings'
import styles from './Timeline.module.css'

interface CommentBoxProps {
  id: string
  /** Whoever sells it is asked for what they know. */
  isOfSales?: boolean
}

export function CommentBox({ id, isOfSales = false }: CommentBoxProps) {
  const text = usePersistedInput(`comment:${id}`, '')
  const comment = useComment(id)

  function send() {
    comment.mutateAsync(text.value).then(() => text.sent(text.value), () => {})
  }

  return (
    <div className={styles.comment}>
      <RestoredNotice text={text} />
      <TextField
        label={isOfSales ? timelineWords.salesInput : timelineWords.comment}
        description={isOfSales ? timelineWords.salesHint : undefined}
        rows={isOfSales ? 4 : 2}
        value={text.value}
        error={fieldErrors(comment.error).text}
        onChange={text.write}
      />
      <ErrorNote error={comment.error} />
      {text.value.trim() !== '' && (
        <Button isPending={comment.isPending} onPress={send}>
          {timelineWords.send}
        </Button>
      )}
    </div>
  )
}
