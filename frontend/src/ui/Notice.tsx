import type { ReactNode } from 'react'
import styles from './Notice.module.css'

interface NoticesProps {
  children: ReactNode
  /** They come while somebody works, and are read out. */
  isLive?: boolean
}

export function Notices({ children, isLive = false }: NoticesProps) {
  return (
    <div className={styles.notices} role={isLive ? 'status' : undefined}>
      {children}
    </div>
  )
}

interface NoticeProps {
  children: ReactNode
  tone?: 'warning' | 'bad'
  /** A button beside it. */
  button?: ReactNode
}

export function Notice({ children, tone = 'warning', button }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone}>
      <div className={styles.words}>{children}</div>
      {button}
    </div>
  )
}
