import { statusWords } from '@/entities/opportunity/strings'
import { FigureLink } from './FigureLink'
import { Matrix } from './Matrix'
import { words } from './strings'
import type { DashboardFigures } from './types'
import { Widget } from './Widget'
import styles from './Widget.module.css'

export function AgeInState({ figures }: { figures: DashboardFigures }) {
  const { age } = figures
  const columns = [...new Set(age.map((figure) => figure.label))]
  const states = [...new Set(age.map((figure) => figure.name))]
  const rows = states.map((state) => {
    const label = statusWords[state as keyof typeof statusWords] ?? state
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
      <Matrix label={words.age} corner={words.state} columns={columns} rows={rows} />
    </Widget>
  )
}
