import { CircleAlert, CloudOff } from 'lucide-react'
import type { Opportunity } from '@/api/types'
import { strings } from '../strings'
import styles from './cells.module.css'

/** With its customer, and whatever somebody should know before opening it. */
export function NameCell({ row }: { row: Opportunity }) {
  return (
    <span className={styles.name}>
      {row.is_changed_since && <Changed />}
      <span className={styles.words} title={row.customer ? `${row.name}, ${row.customer}` : row.name}>
        <span className={row.is_changed_since ? styles.unseen : undefined}>{row.name}</span>
        {row.customer && <span className={styles.customer}>{row.customer}</span>}
      </span>
      {row.needs_requalification && <Mark Icon={CircleAlert} said={strings.requalify} />}
      {row.removed_in_crm_at && <Mark Icon={CloudOff} said={strings.removed} />}
    </span>
  )
}

function Changed() {
  return (
    <span className={styles.changed} title={strings.changed}>
      <span className="visually-hidden">{strings.changed}</span>
    </span>
  )
}

function Mark({ Icon, said }: { Icon: typeof CircleAlert; said: string }) {
  return (
    <span className={styles.mark} title={said}>
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{said}</span>
    </span>
  )
}
