import { useOnline } from '@/lib/use-online'
import { common } from '@/strings/common'
import styles from './OfflineBar.module.css'

export function OfflineBar() {
  const isOnline = useOnline()
  return (
    <div role="status">{isOnline ? null : <p className={styles.bar}>{common.offline}</p>}</div>
  )
}
