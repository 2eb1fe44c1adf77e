import { formatPercent } from '@/lib/format'
import { BarTable } from '../parts/BarTable'
import { words } from '../strings'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'

/** Show the reasons, most frequent first, with their cumulative share. */
export function NoBidReasons({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.reasons}>
      <BarTable
        heads={{ row: words.reason, more: [words.percent, words.soFar] }}
        rows={figures.no_bid_reasons.map((figure) => ({
          key: figure.name,
          label: figure.label,
          figure,
          more: [formatPercent(figure.percent), formatPercent(figure.percent_so_far)],
        }))}
      />
    </Widget>
  )
}
