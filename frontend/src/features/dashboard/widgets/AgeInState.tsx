import { stateLabel } from '@/entities/opportunity/catalogue'
import { FigureLink } from '../parts/FigureLink'
import { Matrix } from '../parts/Matrix'
import { words } from '../strings'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'
import styles from '../parts/Widget.module.css'

export function AgeInState({ figures }: { figures: DashboardFigures }) {
  const { age } = figures
  const columns = [...new Set(age.map((figure) => figure.label))]
  const states = [...new Set(age.map((figure) => figure.name))]
  const rows = states.map((state) => {
    const label = stateLabel(state)
    const cells = age.filter((figure) => figure.name === state)
    return {
      key: state,
      label,
      cells: cells.map((figure) =>
        figure.count === 0 ? (
          <span key={figure.label} className={styles.muted}>
            0
          </span>
        ) : (
          <FigureLink key={figure.label} figure={figure} label={`${label}, ${figure.label}`} />
        ),
      ),
    }
  })
  return (
    <Widget title={words.age} summary={words.ageSummary}>
      <Matrix corner={words.state} columns={columns} rows={rows} />
    </Widget>
  )
}
