import { createContext, type ReactNode, useId } from 'react'
import styles from './Widget.module.css'

/** What the tables of a widget are called. */
export const WidgetTitle = createContext('')

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
  return (
    <section className={styles.widget} data-wide={isWide || undefined} aria-labelledby={id}>
      <header className={styles.head}>
        <h3 id={id}>{title}</h3>
        {beside}
      </header>
      {summary && <p className={styles.summary}>{summary}</p>}
      <WidgetTitle value={title}>{children}</WidgetTitle>
    </section>
  )
}
