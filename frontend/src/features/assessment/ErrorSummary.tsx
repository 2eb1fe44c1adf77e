import { useEffect, useRef } from 'react'
import { elementId } from './DraftContext'
import styles from './ErrorSummary.module.css'
import { formWords } from './strings'
import { goTo } from './to-mend'

interface ErrorSummaryProps {
  /** By field. */
  missing: Record<string, string>
  unsaved: Record<string, string>
}

/** Everything to mend, each a link to its field; it shrinks as they are filled and saved. */
export function ErrorSummary({ missing, unsaved }: ErrorSummaryProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const toMend = Object.entries({ ...missing, ...unsaved })
  return (
    <div ref={place} tabIndex={-1} role="alert" className={styles.summary}>
      <h2>{formWords.toMend(toMend.length, Object.keys(unsaved).length)}</h2>
      <ul>
        {toMend.map(([field, sentence]) => (
          <li key={field}>
            <a href={`#${elementId(field)}`} onClick={(event) => goTo(event, field)}>
              {sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
