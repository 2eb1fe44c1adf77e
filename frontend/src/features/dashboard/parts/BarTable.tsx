import type { ReactNode } from 'react'
import { FigureLink } from './FigureLink'
import { FigureTable } from './FigureTable'
import { words } from '../strings'
import type { Figure } from '../types'
import styles from './Widget.module.css'

interface BarRow {
  figure: Pick<Figure, 'name' | 'count' | 'filter' | 'label'>
  /** What the figure is called where its own label does not say. */
  label?: string
  /** The length of the bar; the count where it is left out. */
  size?: number
  more?: ReactNode[]
}

interface BarTableProps {
  /** Of what the rows are, and of the columns behind the count. */
  heads: { row: string; more?: string[] }
  rows: BarRow[]
  /** What the longest possible bar stands for; the largest one where it is left out. */
  whole?: number
  /** Drawn across the bars. */
  limit?: number
  countHead?: string
}

/** Show ranked figures as a table with bars. */
export function BarTable({ heads, rows, whole, limit, countHead = words.count }: BarTableProps) {
  const most = whole ?? Math.max(...rows.map(sizeOf), limit ?? 0, 1)
  if (rows.length === 0) return <p className={styles.muted}>{words.nothing}</p>
  return (
    <FigureTable heads={[heads.row, countHead, ...(heads.more ?? [])]} wide={countHead}>
      {rows.map(({ label, ...row }) => (
        <tr key={row.figure.name}>
          <th scope="row">{label ?? row.figure.label}</th>
          <td className={styles.bar}>
            <Bar size={(100 * sizeOf(row)) / most} limit={limit && (100 * limit) / most} />
          </td>
          <td>
            <FigureLink figure={row.figure} label={label} />
          </td>
          {row.more?.map((cell, place) => <td key={heads.more?.[place]}>{cell}</td>)}
        </tr>
      ))}
    </FigureTable>
  )
}

function sizeOf(row: BarRow): number {
  return row.size ?? row.figure.count
}

function Bar({ size, limit }: { size: number; limit?: number }) {
  return (
    <svg className={styles.fill} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
      <rect width={size} height="8" />
      {limit !== undefined && <rect className={styles.limit} x={limit - 0.5} width="1" height="8" />}
    </svg>
  )
}
