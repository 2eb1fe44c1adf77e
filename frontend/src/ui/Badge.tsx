import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import styles from './Badge.module.css'

export type Tone = 'new' | 'assessing' | 'reviewing' | 'good' | 'warning' | 'bad' | 'muted'

interface BadgeProps {
  tone: Tone
  /** Its shape says the same as the colour. */
  icon?: ReactNode
  children: ReactNode
  className?: string
}

/** Show a word with a coloured icon. */
export function Badge({ tone, icon, children, className }: BadgeProps) {
  return (
    <span className={clsx(styles.badge, className)}>
      <span className={styles.icon} data-tone={tone} aria-hidden>
        {icon}
      </span>
      <span>{children}</span>
    </span>
  )
}
