import { useQuery } from '@tanstack/react-query'
import { formatMoneyShort } from '@/lib/format'
import styles from './Pager.module.css'
import { sumsQuery } from './queries'
import type { InboxSearch } from './search'
import { strings } from './strings'

const MOST_CURRENCIES = 4

/** What all that match is worth, each currency for itself. */
export function ListSums({ search }: { search: InboxSearch }) {
  const { data } = useQuery(sumsQuery(search))
  if (!data) return null
  const shown = data.values
    .filter(({ currency }) => currency !== null)
    .slice(0, MOST_CURRENCIES)
    .map(({ currency, value }) => formatMoneyShort(value, currency))
  const others = data.values.length - shown.length
  return (
    <p className={styles.sums}>
      {shown.join(' + ')}
      {others > 0 && ` + ${strings.otherCurrencies(others)}`}
    </p>
  )
}
