import { useState } from 'react'
import { TextField } from '@/ui/TextField'
import type { CriterionName } from './ActionDialog'
import styles from './ActionDialog.module.css'
import { actionWords } from './strings'

interface ReviewCommentsFieldProps {
  criteria: CriterionName[]
  onChange: (comments: Record<string, string>) => void
}

/** What to look at again, criterion by criterion; blank ones are not sent. */
export function ReviewCommentsField({ criteria, onChange }: ReviewCommentsFieldProps) {
  const [comments, setComments] = useState<Record<string, string>>({})

  function become(code: string, text: string) {
    const changed = { ...comments, [code]: text }
    setComments(changed)
    onChange(Object.fromEntries(Object.entries(changed).filter(([, each]) => each.trim() !== '')))
  }

  return (
    <details>
      <summary>{actionWords.reviewComments}</summary>
      <div className={styles.form}>
        {criteria.map(({ code, name }) => (
          <TextField
            key={code}
            label={`${code} ${name}`}
            rows={2}
            value={comments[code] ?? ''}
            onChange={(text) => become(code, text)}
          />
        ))}
      </div>
    </details>
  )
}
