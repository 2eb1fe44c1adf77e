import { clsx } from 'clsx'
import { Rows3 } from 'lucide-react'
import { fieldLabel, fieldsWhere } from '@/entities/opportunity/catalogue'
import { useCommands } from '@/lib/commands'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import type { InboxSearch } from '../filtering/search'
import { isGroupedBy } from './sections'
import { strings } from '../strings'
import styles from '../Toolbar.module.css'

const NONE = 'none'
interface GroupMenuProps {
  search: InboxSearch
  go: (search: InboxSearch) => void
}

/** Choose what rows are grouped by. */
export function GroupMenu({ search, go }: GroupMenuProps) {
  const { group } = search
  const entries = [
    { id: NONE, label: strings.noGrouping },
    ...fieldsWhere('is_groupable').map(({ name, label }) => ({ id: name, label })),
  ]
  const choose = (id: string) => go({ ...search, group: id === NONE ? '' : id, page: 1, row: '' })
  useCommands(
    entries.map(({ id, label }) => ({
      id: `group ${id}`,
      label: id === NONE ? label : strings.groupBy(label),
      run: () => choose(id),
    })),
  )
  return (
    <Menu
      label={strings.grouping}
      trigger={
        <Button className={clsx(group && styles.active)}>
          <Rows3 size={14} aria-hidden />
          {isGroupedBy(group) ? strings.groupedBy(fieldLabel(group)) : strings.grouping}
        </Button>
      }
      entries={entries}
      selectionMode="single"
      selected={[group || NONE]}
      onSelect={([id]) => choose(id ?? NONE)}
    />
  )
}
