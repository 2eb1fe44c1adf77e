import { useEffect, useRef } from 'react'
import { sentenceOf } from '@/api/problem'
import styles from './ErrorNote.module.css'

/** Show why the server refused, and focus the first invalid field. */
export function ErrorNote({ error }: { error: Error | null }) {
  const place = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (error === null) return
    const whole = place.current?.closest('[role=dialog], section')
    whole?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [error])
  if (error === null) return null
  return (
    <p ref={place} role="alert" className={styles.refusal}>
      {sentenceOf(error)}
    </p>
  )
}
