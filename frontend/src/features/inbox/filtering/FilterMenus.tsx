import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import { filterLabel } from './filter-labels'
import { USUAL_FILTERS } from './offered-filters'
import { useOptions } from './options'
import { type InboxSearch, withFilter } from './search'
import { strings } from '../strings'
import styles from '../Toolbar.module.css'

interface FilterMenusProps {
  search: InboxSearch
  go: (search: InboxSearch, how?: 'push' | 'replace') => void
}

/** Show the usual filters: values of one combine with OR, filters with AND. */
export function FilterMenus({ search, go }: FilterMenusProps) {
  return USUAL_FILTERS.map((name) => <FilterMenu key={name} name={name} search={search} go={go} />)
}

export function FilterMenu({ name, search, go }: FilterMenusProps & { name: string }) {
  const entries = useOptions(name)
  const chosen = search.filters[name] ?? []
  const label = filterLabel(name)
  const isSingle = name === 'assigned_sa'
  // Until it is known what there is, they keep their place.
  if (entries?.length === 0) return null
  return (
    <Menu
      label={strings.filterBy(label)}
      trigger={
        <Button
          aria-label={strings.filterBy(label)}
          className={clsx(chosen.length > 0 && styles.active)}
        >
          {label}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
      entries={entries ?? []}
      selectionMode={isSingle ? 'single' : 'multiple'}
      selected={chosen}
      onSelect={(ids) => go(withFilter(search, name, ids))}
    />
  )
}
