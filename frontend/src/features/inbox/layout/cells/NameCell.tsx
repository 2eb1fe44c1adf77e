import { clsx } from 'clsx'
import { CircleAlert, CloudOff } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import type { Opportunity } from '@/api/types'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import { Button } from '@/ui/Button'
import { Popover } from '@/ui/Popover'
import { rememberOpened } from '../../selecting/use-row-cursor'
import { strings } from '../../strings'
import styles from './cells.module.css'

/** Show the name as the link, its customer below, and its marks. */
export function NameCell({ row, from }: { row: Opportunity; from: string }) {
  return (
    <span className={styles.name}>
      {row.is_changed_since && <Changed fields={row.unseen_fields} />}
      <span className={styles.words} title={row.customer ? `${row.name}, ${row.customer}` : row.name}>
        <Link
          to="/opportunities/$id"
          params={{ id: row.id }}
          search={{ from }}
          className={clsx(styles.link, row.is_changed_since && styles.unseen)}
          onClick={() => rememberOpened(row.id)}
        >
          {row.name}
        </Link>
        {row.customer && <span className={styles.customer}>{row.customer}</span>}
      </span>
      {row.needs_requalification && <Mark Icon={CircleAlert} said={strings.requalify} />}
      {row.removed_in_crm_at && <Mark Icon={CloudOff} said={strings.removed} />}
    </span>
  )
}

/** Mark a row as changed; for CRM changes a button lists the fields. */
function Changed({ fields }: { fields: string[] }) {
  if (fields.length === 0) {
    return (
      <span className={styles.dot} title={strings.changed}>
        <span className="visually-hidden">{strings.changed}</span>
      </span>
    )
  }
  const said = strings.changedInCrm(fields.map(fieldLabel).join(', '))
  const dot = (
    <Button kind="quiet" isIconOnly className={styles.changed} aria-label={said}>
      <span className={styles.dot} />
    </Button>
  )
  return (
    <Popover label={strings.changed} trigger={dot}>
      <p>{said}</p>
    </Popover>
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
