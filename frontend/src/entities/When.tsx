import { formatDateTime, formatRelative } from '@/lib/format'
import styles from './When.module.css'

/** Show a moment, and how long ago it was. */
export function When({ at }: { at: string }) {
  return (
    <time dateTime={at}>
      {formatDateTime(at)} <span className={styles.ago}>({formatRelative(at)})</span>
    </time>
  )
}
