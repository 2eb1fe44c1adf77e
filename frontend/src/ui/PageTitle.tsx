import type { ReactNode } from 'react'
import styles from './PageTitle.module.css'

interface PageTitleProps {
  title: string
  /** Of the window; the same as the heading where it is left out. */
  windowTitle?: string
  children?: ReactNode
}

/** Set the page's h1 and the window's title. */
export function PageTitle({ title, windowTitle = title, children }: PageTitleProps) {
  return (
    <header className={styles.head}>
      <title>{`${windowTitle} - BQS`}</title>
      <h1>{title}</h1>
      {children && <div className={styles.beside}>{children}</div>}
    </header>
  )
}
