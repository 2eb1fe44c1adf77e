import { type ReactNode, useId, useRef } from 'react'
import { useRowSpan } from './use-row-span'
import styles from './Widget.module.css'

interface WidgetProps {
  title: string
  /** One sentence: what it says, or how it is counted. */
  summary?: string
  isWide?: boolean
  beside?: ReactNode
  children: ReactNode
}

export function Widget({ title, summary, isWide, beside, children }: WidgetProps) {
  const id = useId()
  const part = useRef<HTMLElement>(null)
  useRowSpan(part)
  return (
    <section ref={part} className={styles.widget} data-wide={isWide || undefined} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {beside}
      </header>
      {summary && <p className={styles.summary}>{summary}</p>}
      {children}
    </section>
  )
}
