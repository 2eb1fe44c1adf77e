import type { ReactNode } from 'react'
import { ScrollBox } from '@/ui/ScrollBox'
import styles from './Widget.module.css'

interface MatrixProps {
  label: string
  corner: string
  columns: string[]
  rows: { key: string; label: string; cells: (ReactNode | null)[] }[]
}

export function Matrix({ label, corner, columns, rows }: MatrixProps) {
  return (
    <ScrollBox label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {row.cells.map((cell, place) => (
                <td key={columns[place]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
