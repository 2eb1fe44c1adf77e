import { useQuery } from '@tanstack/react-query'
import { amountsOf } from './amounts'
import styles from './Pager.module.css'
import { sumsQuery } from './queries'
import type { InboxSearch } from './search'

/** What all that match is worth, each currency for itself. */
export function ListSums({ search }: { search: InboxSearch }) {
  const { data } = useQuery(sumsQuery(search))
  if (!data) return null
  return <p className={styles.sums}>{amountsOf(data.values)}</p>
}
