import { useQuery } from '@tanstack/react-query'
import { formatCount } from '@/lib/format'
import { tabsQuery } from './queries'
import { type InboxSearch } from './search'
import styles from './StatusTabs.module.css'
import { strings } from './strings'

interface StatusTabsProps {
  search: InboxSearch
  go: (search: InboxSearch) => void
}

/** Lists, each with how many of the filtered rows it has. They are links in all but name. */
export function StatusTabs({ search, go }: StatusTabsProps) {
  const { data: tabs, isPlaceholderData } = useQuery(tabsQuery(search))
  const open = search.tab || 'all'
  return (
    <nav className={styles.tabs} aria-label={strings.tabs} aria-busy={isPlaceholderData}>
      {tabs?.map(({ name, label, count }) => (
        <button
          key={name}
          type="button"
          className={styles.tab}
          aria-current={name === open ? 'page' : undefined}
          onClick={() => go({ ...search, tab: name, page: 1, row: '' })}
        >
          {label} <span className={styles.count}>{formatCount(count)}</span>
        </button>
      ))}
    </nav>
  )
}
