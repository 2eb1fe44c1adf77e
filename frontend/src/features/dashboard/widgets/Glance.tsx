import { formatPercent } from '@/lib/format'
import { Amounts } from '../parts/Amounts'
import { words } from '../strings'
import { Tiles } from '../parts/Tiles'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'
import styles from '../parts/Widget.module.css'

export function Glance({ figures }: { figures: DashboardFigures }) {
  const { summary } = figures
  return (
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
  )
}
