import { Link } from '@tanstack/react-router'
import { Button } from '@/ui/Button'
import styles from './CompareLink.module.css'
import { viewWords } from './strings'

const MOST = 4

/** Lead from selected rows to their comparison, side by side. */
export function CompareLink({ rows }: { rows: { id: string }[] }) {
  if (rows.length < 2) return null
  if (rows.length > MOST) return <Button isDisabled>{viewWords.compareLimit}</Button>
  return (
    <Link to="/compare" search={{ id: rows.map(({ id }) => id) }} className={styles.link}>
      {viewWords.compare(rows.length)}
    </Link>
  )
}
