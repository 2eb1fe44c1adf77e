import { clsx } from 'clsx'
import { Rows3 } from 'lucide-react'
import { useCommands } from '@/lib/commands'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import type { InboxSearch } from './search'
import { GROUPED_BY, isGroupedBy } from './sections'
import { strings } from './strings'
import styles from './Toolbar.module.css'

const NONE = 'none'
const ENTRIES = [
  { id: NONE, label: strings.noGrouping },
  ...GROUPED_BY.map((name) => ({ id: name, label: strings.columnNames[name] })),
]

interface GroupMenuProps {
  search: InboxSearch
  go: (search: InboxSearch) => void
}

/** By what the rows stand together. */
export function GroupMenu({ search, go }: GroupMenuProps) {
  const { group } = search
  const choose = (id: string) => go({ ...search, group: id === NONE ? '' : id, page: 1, row: '' })
  useCommands(
    ENTRIES.map(({ id, label }) => ({
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
          {isGroupedBy(group) ? strings.groupedBy(strings.columnNames[group]) : strings.grouping}
        </Button>
      }
      entries={ENTRIES}
      selectionMode="single"
      selected={[group || NONE]}
      onSelect={([id]) => choose(id ?? NONE)}
    />
  )
}
