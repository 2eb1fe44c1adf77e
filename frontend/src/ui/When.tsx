import { formatDateTime, formatRelative } from '@/lib/format'
import styles from './When.module.css'

/** Show a moment: the date, and beside it how long ago that was. */
export function When({ at }: { at: string }) {
  return (
    <time dateTime={at}>
      {formatDateTime(at)} <span className={styles.relative}>· {formatRelative(at)}</span>
    </time>
  )
}
