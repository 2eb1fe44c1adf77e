import { type ReactNode, useContext } from 'react'
import { ScrollBox } from '@/ui/ScrollBox'
import { WidgetTitle } from './Widget'
import styles from './Widget.module.css'

interface FigureTableProps {
  heads: string[]
  /** The head that stands over a bar and its figure. */
  wide?: string
  /** Its rows. */
  children: ReactNode
}

/** Show figures as a table, named for the widget it stands in. */
export function FigureTable({ heads, wide, children }: FigureTableProps) {
  const title = useContext(WidgetTitle)
  return (
    <ScrollBox label={title}>
      <table className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope={head === wide ? 'colgroup' : 'col'} colSpan={head === wide ? 2 : 1}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollBox>
  )
}

interface MatrixProps {
  corner: string
  columns: string[]
  rows: { key: string; label: string; cells: (ReactNode | null)[] }[]
}

export function Matrix({ corner, columns, rows }: MatrixProps) {
  return (
    <FigureTable heads={[corner, ...columns]}>
      {rows.map((row) => (
        <tr key={row.key}>
          <th scope="row">{row.label}</th>
          {row.cells.map((cell, place) => (
            <td key={columns[place]}>{cell}</td>
          ))}
        </tr>
      ))}
    </FigureTable>
  )
}
