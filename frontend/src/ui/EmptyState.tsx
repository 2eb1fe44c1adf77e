import type { ReactNode } from 'react'
import styles from './states.module.css'

interface EmptyStateProps {
  title: string
  children?: ReactNode
  /** The next step. */
  buttons?: ReactNode
}

export function EmptyState({ title, children, buttons }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <h2>{title}</h2>
      {children && <div className={styles.detail}>{children}</div>}
      {buttons && <div className={styles.buttons}>{buttons}</div>}
    </div>
  )
}
