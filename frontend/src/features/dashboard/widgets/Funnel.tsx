import { formatDecimal, formatPercent } from '@/lib/format'
import { BarTable } from '../parts/BarTable'
import { words } from '../strings'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'

export function Funnel({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.funnel}>
      <BarTable
        heads={{ row: words.step, more: [words.ofAll, words.ofFormer, words.medianDays] }}
        rows={figures.funnel.map((figure) => ({
          key: figure.name,
          label: figure.label,
          figure,
          more: [
            formatPercent(figure.percent_of_all),
            formatPercent(figure.percent_of_former),
            formatDecimal(figure.median_days),
          ],
        }))}
      />
    </Widget>
  )
}
