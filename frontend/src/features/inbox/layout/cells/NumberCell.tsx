import { Link } from '@tanstack/react-router'
import type { Opportunity } from '@/api/types'
import { rememberOpened } from '../../selecting/use-row-cursor'
import styles from './cells.module.css'

export function NumberCell({ row, from }: { row: Opportunity; from: string }) {
  return (
    <Link
      to="/opportunities/$id"
      params={{ id: row.id }}
      search={{ from }}
      className={styles.link}
      onClick={() => rememberOpened(row.id)}
    >
      {row.opty_number ?? row.remote_id}
    </Link>
  )
}
