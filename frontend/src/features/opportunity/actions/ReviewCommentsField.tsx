import { TextField } from '@/ui/TextField'
import styles from './ActionDialog.module.css'
import { actionWords } from '../strings'

export interface CriterionName {
  code: string
  name: string
}

interface ReviewCommentsFieldProps {
  criteria: CriterionName[]
  comments: Record<string, string>
  errors: Record<string, string>
  /** From the start, where something stands in it. */
  isOpen: boolean
  onChange: (comments: Record<string, string>) => void
}

/** Edit comments on criteria; blank ones are not sent. */
export function ReviewCommentsField(props: ReviewCommentsFieldProps) {
  const { criteria, comments, errors, isOpen, onChange } = props
  return (
    <details open={isOpen}>
      <summary>{actionWords.reviewComments}</summary>
      <div className={styles.form}>
        {criteria.map(({ code, name }) => (
          <TextField
            key={code}
            label={`${code} ${name}`}
            rows={2}
            value={comments[code] ?? ''}
            error={errors[`review_comments.${code}`]}
            onChange={(text) => onChange({ ...comments, [code]: text })}
          />
        ))}
      </div>
    </details>
  )
}
