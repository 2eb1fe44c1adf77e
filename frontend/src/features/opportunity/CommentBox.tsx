import { fieldErrors } from '@/api/problem'
import { Refusal } from '@/entities/Refusal'
import { RestoredLine } from '@/entities/RestoredLine'
import { useKeptText } from '@/lib/kept-text'
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
  const text = useKeptText(`comment:${id}`, '')
  const comment = useComment(id)

  function send() {
    comment.mutateAsync(text.value).then(() => text.sent(text.value), () => {})
  }

  return (
    <div className={styles.comment}>
      <RestoredLine text={text} />
      <TextField
        label={isOfSales ? timelineWords.salesInput : timelineWords.comment}
        description={isOfSales ? timelineWords.salesHint : undefined}
        rows={isOfSales ? 4 : 2}
        value={text.value}
        error={fieldErrors(comment.error).text}
        onChange={text.write}
      />
      <Refusal error={comment.error} />
      {text.value.trim() !== '' && (
        <Button isPending={comment.isPending} onPress={send}>
          {timelineWords.send}
        </Button>
      )}
    </div>
  )
}
