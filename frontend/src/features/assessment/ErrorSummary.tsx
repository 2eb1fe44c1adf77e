import { useEffect, useRef } from 'react'
import { elementId } from './DraftContext'
import styles from './ErrorSummary.module.css'
import { formWords } from './strings'
import type { DraftAnswer } from './types'

/** Everything that is missing, each a link to its field; it shrinks as they are filled and saved. */
export function ErrorSummary({ problems }: { problems: DraftAnswer['problems'] }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const { missing, missingOne, complete } = formWords
  const title = problems.length === 1 ? missingOne : missing(String(problems.length))
  return (
    <div ref={place} tabIndex={-1} role="alert" className={styles.summary}>
      <h2>{problems.length === 0 ? complete : title}</h2>
      <ul>
        {problems.map(({ field = '', detail = '' }) => (
          <li key={field}>
            <a href={`#${elementId(field)}`} onClick={(event) => goTo(event, field)}>
              {detail}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The address stays: it is the page's, not the field's. */
function goTo(event: React.MouseEvent, field: string) {
  event.preventDefault()
  const element = document.getElementById(elementId(field))
  element?.focus()
  element?.scrollIntoView({ block: 'center' })
}
