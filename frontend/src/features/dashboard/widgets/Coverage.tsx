import { formatMoneyShort, formatPercent } from '@/lib/format'
import { words } from '../strings'
import { Tiles } from '../parts/Tiles'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'
import styles from '../parts/Widget.module.css'

/** Show how many deals that needed a decision got one before the CRM closed them. */
export function Coverage({ figures }: { figures: DashboardFigures }) {
  const { closed, decided, bypassed, percent, limits } = figures.coverage
  const amounts = Object.entries(limits).map(([currency, value]) => formatMoneyShort(value, currency))
  return (
    <Widget title={words.coverage} summary={summaryOf(percent)}>
      <Tiles figures={[closed, decided, bypassed]} />
      <p className={styles.muted}>{words.coverageLimits(amounts.join(', '))}</p>
    </Widget>
  )
}

function summaryOf(percent: DashboardFigures['coverage']['percent']): string {
  return percent === null ? words.nothing : words.coverageSummary(formatPercent(percent))
}
