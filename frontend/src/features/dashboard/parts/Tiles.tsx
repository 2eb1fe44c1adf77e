import type { ReactNode } from 'react'
import { FigureLink } from './FigureLink'
import type { Figure } from '../types'
import styles from './Widget.module.css'

export function Tiles({ figures }: { figures: Figure[] }) {
  return (
    <dl className={styles.tiles}>
      {figures.map((figure) => (
        <Tile key={figure.name} label={figure.label}>
          <FigureLink figure={figure} />
        </Tile>
      ))}
    </dl>
  )
}

export function Tile({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.tile}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
