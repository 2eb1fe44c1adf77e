import { clsx } from 'clsx'
import { memo, type MouseEvent, useEffect, useRef } from 'react'
import type { Opportunity } from '@/api/types'
import { Checkbox } from '@/ui/Checkbox'
import type { Column } from '../layout/columns'
import styles from './InboxTable.module.css'
import { strings } from '../strings'

interface RowProps {
  row: Opportunity
  columns: Column[]
  from: string
  isSelected: boolean
  isOpen: boolean
  isAtCursor: boolean
  /** `isRange`: with all rows since the last one. */
  onSelect: (isSelected: boolean, isRange: boolean) => void
  onPreview: () => void
}

/** Show a row; a click beside links and boxes opens the preview, as `p` does at the cursor. */
export function Row(props: RowProps) {
  const { row, columns, from, isSelected, isOpen, isAtCursor, onSelect, onPreview } = props
  const line = useRef<HTMLTableRowElement>(null)
  const isShifted = useRef(false)
  useEffect(() => {
    if (isAtCursor) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isAtCursor])

  function click(event: MouseEvent) {
    const clicked = event.target as Element
    // What opened over the row is a part of it to React only.
    const isPart = !event.currentTarget.contains(clicked) || clicked.closest('a, label, button, select, input')
    if (!isPart && !getSelection()?.toString()) onPreview()
  }

  return (
    <tr
      ref={line}
      className={styles.row}
      data-selected={isSelected || undefined}
      data-open={isOpen || undefined}
      data-cursor={isAtCursor || undefined}
      onClick={click}
    >
      <td className={styles.select} onPointerDownCapture={(event) => void (isShifted.current = event.shiftKey)}>
        <Checkbox
          aria-label={strings.selectRow(row.name)}
          isSelected={isSelected}
          onChange={(isOn) => {
            onSelect(isOn, isShifted.current)
            isShifted.current = false
          }}
        />
      </td>
      <Cells row={row} columns={columns} from={from} />
    </tr>
  )
}

const Cells = memo(function Cells({ row, columns, from }: Pick<RowProps, 'row' | 'columns' | 'from'>) {
  return columns.map((column) => (
    <td
      key={column.id}
      className={clsx(column.isNumber && styles.number, column.id === 'name' && styles.first)}
    >
      {column.cell(row, from)}
    </td>
  ))
})
