import { formatDate, formatExactly, formatPercent } from '@/lib/format'
import { Amounts } from '../parts/Amounts'
import { Tiles } from '../parts/Tiles'
import { Widget } from '../parts/Widget'
import styles from '../parts/Widget.module.css'
import { words } from '../strings'
import type { DashboardFigures } from '../types'

export function Glance({ figures }: { figures: DashboardFigures }) {
  const { summary } = figures
  return (
    <>
      <Widget title={words.summary} isWide>
        <Tiles figures={summary.figures} />
        <p className={styles.muted}>
          {words.averageWin}: {formatPercent(summary.average_win_probability)}
        </p>
        <div>
          <p className={styles.muted}>{words.openValue}</p>
          <Amounts amounts={summary.open_value} label={words.openValue} shown={figures.reporting.currency === null ? 5 : 1} isInLine />
        </div>
      </Widget>
      <ReportingNote figures={figures} />
    </>
  )
}

/** Say which currency amounts are in, by which rates, and what stays apart. */
function ReportingNote({ figures: { reporting, summary } }: { figures: DashboardFigures }) {
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
