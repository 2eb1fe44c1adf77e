import { formatDate, formatExactly } from '@/lib/format'
import { words } from '../strings'
import type { DashboardFigures } from '../types'
import styles from './Widget.module.css'

/** Say which currency amounts are in, by which rates, and what stays apart. */
export function ReportingNote({ figures: { reporting, summary } }: { figures: DashboardFigures }) {
  const { currency, rates } = reporting
  if (currency === null) return <p className={styles.muted}>{words.eachCurrency}</p>
  const apart = summary.open_value.filter((each) => each.currency !== currency)
  const names = apart.map((each) => each.currency ?? words.withoutCurrency)
  return (
    <details className={styles.muted}>
      <summary>
        {words.amountsIn(currency)} {names.length > 0 && words.apart(names.join(', '))}
      </summary>
      {rates.length === 0 && <p>{words.noRates}</p>}
      <ul>
        {rates.map((rate) => (
          <li key={rate.currency}>
            {words.oneIs(rate.currency, formatExactly(rate.rate), currency, formatDate(rate.valid_from), rate.source)}
          </li>
        ))}
      </ul>
    </details>
  )
}
