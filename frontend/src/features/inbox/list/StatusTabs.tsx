import { useQuery } from '@tanstack/react-query'
import { useCommands } from '@/lib/commands'
import { formatCount } from '@/lib/format'
import { tabsQuery } from '@/api/queries'
import { type InboxSearch, toQuery } from '../filtering/search'
import styles from './StatusTabs.module.css'
import { strings } from '../strings'

/** Show the tabs with their counts. They are links in all but name. */
export function StatusTabs({ search, go }: { search: InboxSearch; go: (search: InboxSearch) => void }) {
  const { data: tabs, isPlaceholderData } = useQuery(tabsQuery(toQuery({ ...search, tab: '', ordering: '', group: '' })))
  const open = search.tab || 'all'
  const show = (tab: string) => go({ ...search, tab, page: 1, row: '' })
  useCommands(
    (tabs ?? []).map(({ name, label, count }) => ({
      id: `tab ${name}`,
      label: strings.listOf(label),
      description: formatCount(count),
      run: () => show(name),
    })),
  )
  return (
    <nav className={styles.tabs} aria-label={strings.tabs} aria-busy={isPlaceholderData}>
      {tabs?.map(({ name, label, count }) => (
        <button
          key={name}
          type="button"
          className={styles.tab}
          aria-current={name === open ? 'page' : undefined}
          onClick={() => show(name)}
        >
          {label} <span className={styles.count}>{formatCount(count)}</span>
        </button>
      ))}
    </nav>
  )
}
