import type { ReactNode } from 'react'
import { FigureTable } from './FigureTable'

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
