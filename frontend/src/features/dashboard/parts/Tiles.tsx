import { FigureLink } from './FigureLink'
import type { Figure } from '../types'
import styles from './Widget.module.css'

export function Tiles({ figures }: { figures: Figure[] }) {
  return (
    <dl className={styles.tiles}>
      {figures.map((figure) => (
        <div key={figure.name} className={styles.tile}>
          <dt>{figure.label}</dt>
          <dd>
            <FigureLink figure={figure} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
