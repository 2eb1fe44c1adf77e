import { useQuery } from '@tanstack/react-query'
import { amountsOf } from '../amounts'
import styles from './Pager.module.css'
import { sumsQuery } from '@/api/queries'
import { type InboxSearch, toQuery } from '../filtering/search'

/** Show the total value of all matches, per currency. */
export function ListSums({ search }: { search: InboxSearch }) {
  const { data } = useQuery(sumsQuery(toQuery({ ...search, ordering: '', group: '' })))
  if (!data) return null
  return <p className={styles.sums}>{amountsOf(data.values)}</p>
}
