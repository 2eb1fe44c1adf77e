import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef } from 'react'
import type { ListGroup, Opportunity } from '@/api/types'
import { Checkbox } from '@/ui/Checkbox'
import type { Column } from '../layout/columns'
import { GroupHeading } from './GroupHeading'
import styles from './InboxTable.module.css'
import type { Layout } from '../layout/layout'
import { Row } from './Row'
import { directionOf, type InboxSearch, withOrder } from '../filtering/search'
import { sectionsOf } from './sections'
import type { Selection } from '../selecting/selection'
import { strings } from '../strings'

const SELECT_WIDTH = 40

interface InboxTableProps {
  rows: Opportunity[]
  /** The list, for the pages of its rows. */
  from: string
  /** Where the list is grouped. */
  groups: ListGroup[] | undefined
  search: InboxSearch
  go: (search: InboxSearch) => void
  layout: Layout
  selection: Selection
  cursor: number
  onCursor: (place: number) => void
  onPreview: (id: string) => void
  isStale: boolean
}

/** Show a plain table of links and boxes, with no grid to learn. */
export function InboxTable(props: InboxTableProps) {
  const { rows, from: list, groups, search, go, layout, selection, cursor, onCursor, onPreview, isStale } = props
  const { columns } = layout
  const sections = sectionsOf(rows, search.group, groups)
  // What is still there of the list before may not be in this one.
  const select: Selection['set'] = (changed, isSelected) => {
    if (!isStale) selection.set(changed, isSelected)
  }
  const last = useRef(0)
  function selectTo(place: number, isSelected: boolean, isRange: boolean) {
    const from = isRange ? Math.min(last.current, place) : place
    const to = isRange ? Math.max(last.current, place) : place
    select(rows.slice(from, to + 1), isSelected)
    last.current = place
  }
  return (
    <div
      className={styles.scroll}
      role="region"
      aria-label={strings.title}
      tabIndex={0}
      data-scroll-restoration-id="inbox"
    >
      <table className={styles.table} data-density={layout.density} aria-busy={isStale}>
        <colgroup>
          <col style={{ width: SELECT_WIDTH }} />
          {columns.map(({ id, width }) => (
            <col key={id} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <SelectPage rows={rows} has={selection.has} select={select} />
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} search={search} go={go} />
            ))}
          </tr>
        </thead>
        {sections.map(({ heading, rows: inside, start }) => (
          <tbody key={heading ? `of ${heading.group.value}` : start}>
            {heading && (
              <GroupHeading heading={heading} onPage={inside.length} span={columns.length + 1} />
            )}
            {inside.map((row, place) => (
              <Row
                key={row.id}
                row={row}
                columns={columns}
                from={list}
                isSelected={selection.has(row.id)}
                isOpen={search.row === row.id}
                isAtCursor={start + place === cursor}
                onSelect={(isSelected, isRange) => selectTo(start + place, isSelected, isRange)}
                onPreview={() => {
                  onCursor(start + place)
                  onPreview(row.id)
                }}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

interface SelectPageProps {
  rows: Opportunity[]
  has: Selection['has']
  select: Selection['set']
}

function SelectPage({ rows, has, select }: SelectPageProps) {
  const count = rows.filter((row) => has(row.id)).length
  return (
    <th className={styles.select}>
      <Checkbox
        aria-label={strings.selectPage}
        isSelected={rows.length > 0 && count === rows.length}
        isIndeterminate={count > 0 && count < rows.length}
        onChange={(isSelected) => select(rows, isSelected)}
      />
    </th>
  )
}

interface HeaderCellProps {
  column: Column
  search: InboxSearch
  go: (search: InboxSearch) => void
}

function HeaderCell({ column, search, go }: HeaderCellProps) {
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
