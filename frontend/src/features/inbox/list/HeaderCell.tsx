import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Column } from '../layout/columns'
import styles from './InboxTable.module.css'
import { directionOf, type InboxSearch, withOrder } from '../filtering/search'
import { strings } from '../strings'

interface HeaderCellProps {
  column: Column
  search: InboxSearch
  go: (search: InboxSearch) => void
}

export function HeaderCell({ column, search, go }: HeaderCellProps) {
  const direction = directionOf(search, column.id)
  const look = clsx(column.isNumber && styles.number, column.id === 'name' && styles.first)
  return (
    <th scope="col" className={look} aria-sort={direction ?? undefined}>
      {column.isSortable ? (
        <button
          type="button"
          className={styles.sort}
          title={strings.sortHint}
          onClick={(event) => go(withOrder(search, column.id, event.shiftKey))}
        >
          {column.label}
          {direction === 'ascending' && <ArrowUp size={12} aria-hidden />}
          {direction === 'descending' && <ArrowDown size={12} aria-hidden />}
        </button>
      ) : (
        column.label
      )}
    </th>
  )
}
