import { formatCount } from '@/lib/format'
import { BarTable } from './BarTable'
import { ChartWithTable } from './ChartWithTable'
import { words } from './strings'
import type { Figure, WidgetProps } from './types'
import { Widget } from './Widget'

const HIGH = 70

export function ScoreHistogram({ figures: { scores } }: WidgetProps) {
  const high = scores.filter(({ name }) => Number(name) >= HIGH)
  const summary = words.scoresSummary(formatCount(sumOf(scores)), formatCount(sumOf(high)), String(HIGH))
  return (
    <Widget title={words.scores} summary={summary}>
      <ChartWithTable
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

function sumOf(figures: Figure[]): number {
  return figures.reduce((sum, { count }) => sum + count, 0)
}
