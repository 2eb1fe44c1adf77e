import { formatCount } from '@/lib/format'
import { BarTable } from '../parts/BarTable'
import { ChartWithTable } from '../parts/ChartWithTable'
import { words } from '../strings'
import type { Figure, WidgetProps } from '../types'
import { Widget } from '../parts/Widget'

export function ScoreHistogram({ figures: { scores } }: WidgetProps) {
  return (
    <Widget title={words.scores} summary={summaryOf(scores)}>
      <ChartWithTable
        unit={words.scoresUnit}
        series={[{ label: words.count, colour: 'var(--accent)' }]}
        bars={scores.map(({ name, count }) => ({ label: name, values: [count] }))}
        table={
          <BarTable
            heads={{ row: words.score }}
            rows={scores.map((figure) => ({ key: figure.name, label: figure.label, figure }))}
          />
        }
      />
    </Widget>
  )
}

/** Sum up the histogram; bands depend on templates, of which there may be several. */
function summaryOf(scores: Figure[]): string {
  const scored = scores.reduce((sum, { count }) => sum + count, 0)
  const [largest] = scores.toSorted((one, other) => other.count - one.count)
  if (!largest || scored === 0) return words.scoresNone
  return words.scoresSummary(formatCount(scored), formatCount(largest.count), largest.label)
}
