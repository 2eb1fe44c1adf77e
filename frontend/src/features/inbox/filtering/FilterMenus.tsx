import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import { choicesQuery } from '@/api/queries'
import type { Choice, Choices } from '@/api/schema'
import { peopleQuery } from '@/entities/person/people'
import { Button } from '@/ui/Button'
import { Menu, type MenuEntry } from '@/ui/Menu'
import { filterLabel } from './filter-labels'
import { USUAL_FILTERS } from './offered-filters'
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


/** Return the choices of a filter: the CRM's words as they are, ours with the server's labels. */
function useOptions(filter: string): MenuEntry[] | undefined {
  const { data: choices } = useQuery(choicesQuery)
  const { data: people } = useQuery(peopleQuery('', 'SA'))
  if (!choices || !people) return undefined
  if (filter !== 'assigned_sa') return choicesOf(choices, filter).map(entryOf)
  return [...nobodyAndMe, ...people.results.map(({ id, name }) => ({ id, label: name }))]
}

function choicesOf(choices: Choices, filter: string): (Choice | string)[] {
  const extra = choices.extra_filters.find(({ name }) => name === filter)
  return extra?.words ?? choices[filter as keyof Choices] ?? []
}

function entryOf(choice: Choice | string): MenuEntry {
  return typeof choice === 'string' ? { id: choice, label: choice } : { id: choice.name, label: choice.label }
}

const nobodyAndMe: MenuEntry[] = [
  { id: 'me', label: strings.sa.me },
  { id: 'none', label: strings.sa.none },
]
