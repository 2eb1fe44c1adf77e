import { Amounts } from '../parts/Amounts'
import { BarTable } from '../parts/BarTable'
import { words } from '../strings'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'

export function Pipeline({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.pipeline}>
      <BarTable
        heads={{ row: words.state, more: [words.value] }}
        rows={figures.pipeline.map((figure) => ({
          key: figure.name,
          label: figure.label,
          figure,
          more: [<Amounts key="value" amounts={figure.values} label={figure.label} shown={1} />],
        }))}
      />
    </Widget>
  )
}
