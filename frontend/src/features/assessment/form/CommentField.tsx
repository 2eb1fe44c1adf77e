import { useForm, useField } from '../draft/DraftContext'
import { ConflictPanel } from '../draft/ConflictPanel'
import { EvidenceLinks } from '../versions/EvidenceLinks'
import styles from '../fields.module.css'
import { formWords } from '../strings'
import { commentOf } from '../draft/values'

const LEFT_WORTH_SAYING = 200

interface CommentFieldProps {
  code: string
  isDue: boolean
  isLongEnough: boolean
  rows?: number
}

export function CommentField({ code, isDue, isLongEnough, rows = 3 }: CommentFieldProps) {
  const { content, isReadOnly, autosave } = useForm()
  const field = useField(commentOf(code))
  const remaining = content.longest_comment - field.value.length
  const hintId = `${field.id}-hint`
  return (
    <div className={styles.comment}>
      <label htmlFor={field.id} className={rows === 1 ? 'visually-hidden' : undefined}>
        {formWords.comment}
      </label>
      <textarea
        id={field.id}
        className={styles.text}
        value={field.value}
        maxLength={content.longest_comment}
        rows={rows}
        placeholder={rows === 1 ? formWords.comment : undefined}
        readOnly={isReadOnly}
        aria-label={formWords.commentOn(code)}
        aria-required={isDue || undefined}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={hintId}
        onChange={(event) => field.change(event.target.value)}
        onBlur={() => void autosave.flush()}
      />
      <p id={hintId} className={field.error ? styles.error : styles.hint}>
        {field.error ?? (isDue && !isLongEnough ? formWords.commentDue(content.shortest_comment) : '')}
        {remaining < LEFT_WORTH_SAYING && ` ${formWords.commentLeft(String(remaining))}`}
      </p>
      <EvidenceLinks text={field.value} />
      <ConflictPanel name={commentOf(code)} mayKeepBoth />
    </div>
  )
}
