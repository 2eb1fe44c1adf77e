import { BarTable } from '../parts/BarTable'
import { words } from '../strings'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'

/** Show what needs attention, without zeros. */
export function NeedsAttention({ figures }: { figures: DashboardFigures }) {
  const waiting = figures.attention.filter((figure) => figure.count > 0)
  return (
    <Widget title={words.attention} summary={waiting.length === 0 ? words.attentionNone : undefined}>
      {waiting.length > 0 && (
        <BarTable
          heads={{ row: words.reason }}
          rows={waiting.map((figure) => ({ key: figure.name, label: figure.label, figure }))}
        />
      )}
    </Widget>
  )
}
