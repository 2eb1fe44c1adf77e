import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import styles from './VersionList.module.css'

/** Show a part of a version: its title, and a table of its rows. */
export function SheetTable({ title, kind, children }: { title: string; kind?: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <table className={clsx(styles.table, kind)}>{children}</table>
    </section>
  )
}
