import { useEffect, useRef } from 'react'
import { elementId } from '../draft/DraftContext'
import styles from './ErrorSummary.module.css'
import { formWords } from '../strings'
import { focusField } from '../draft/field-errors'

interface ErrorSummaryProps {
  /** By field. */
  missing: Record<string, string>
  unsaved: Record<string, string>
}

/** List the problems, each a link to its field; the list shrinks as they are fixed. */
export function ErrorSummary({ missing, unsaved }: ErrorSummaryProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const problems = Object.entries({ ...missing, ...unsaved })
  return (
    <div ref={place} tabIndex={-1} role="alert" className={styles.summary}>
      <h2>{formWords.problems(problems.length, Object.keys(unsaved).length)}</h2>
      <ul>
        {problems.map(([field, sentence]) => (
          <li key={field}>
            <a href={`#${elementId(field)}`} onClick={(event) => focusField(event, field)}>
              {sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
