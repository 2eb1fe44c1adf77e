import { Ellipsis } from 'lucide-react'
import type { ListGroup, Opportunity } from '@/api/types'
import { IconButton } from '@/ui/IconButton'
import { Checkbox } from '@/ui/Checkbox'
import { allColumns, type ColumnId } from '../layout/columns'
import type { Selection } from '../selecting/selection'
import { strings } from '../strings'
import styles from './Cards.module.css'
import { sectionsOf } from './sections'

const SHOWN: ColumnId[] = ['workflow_status', 'due_at', 'score']

interface CardsProps {
  rows: Opportunity[]
  groups: ListGroup[] | undefined
  group: string
  from: string
  selection: Selection
  onPreview: (id: string) => void
  isStale: boolean
}

/** Show the list on a phone; the preview has all other facts, and the actions. */
export function Cards({ rows, groups, group, from, selection, onPreview, isStale }: CardsProps) {
  const columns = allColumns()
  const cell = (id: ColumnId, row: Opportunity) => columns.find((column) => column.id === id)?.cell(row, from)
  return sectionsOf(rows, group, groups).map(({ heading, rows: inside, start }) => (
    <section key={heading ? `of ${heading.group.value}` : start} aria-label={heading?.label ?? strings.title}>
      {heading && <h2 className={styles.heading}>{heading.label}</h2>}
      <ul className={styles.cards} aria-busy={isStale}>
        {inside.map((row) => (
          <li key={row.id} className={styles.card}>
            <Checkbox
              aria-label={strings.selectRow(row.name)}
              isSelected={selection.has(row.id)}
              onChange={(isOn) => !isStale && selection.set([row], isOn)}
            />
            <div className={styles.words}>
              {cell('name', row)}
              <div className={styles.facts}>
                {SHOWN.filter((id) => id !== 'score' || row.score !== null).map((id) => (
                  <span key={id}>{cell(id, row)}</span>
                ))}
              </div>
            </div>
            <IconButton icon={Ellipsis} label={strings.previewOf(row.name)} onPress={() => onPreview(row.id)} />
          </li>
        ))}
      </ul>
    </section>
  ))
}
