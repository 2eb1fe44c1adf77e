import { type ReactNode, useId, useState } from 'react'
import styles from './Question.module.css'

interface QuestionProps {
  title: string
  /** What it asks. */
  asks: string
  finding: string
  picture: ReactNode
  more: string
  /** Folded away; asked for when it is opened. */
  children: ReactNode
}

/** Answer one question: a sentence, one picture, and the rest on demand. */
export function Question({ title, asks, finding, picture, more, children }: QuestionProps) {
  const id = useId()
  const [wasOpened, open] = useState(false)
  return (
    <section className={styles.question} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <span className={styles.asks}>{asks}</span>
      </header>
      <p className={styles.finding}>{finding}</p>
      {picture}
      <details onToggle={() => open(true)}>
        <summary>{more}</summary>
        {wasOpened && <div className={styles.more}>{children}</div>}
      </details>
    </section>
  )
}
