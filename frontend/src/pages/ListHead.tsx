import { type ReactNode, useRef } from 'react'
import { ViewSwitch } from '@/entities/opportunity/ViewSwitch'
import { FilterChips } from '@/features/inbox/filtering/FilterChips'
import { Filters } from '@/features/inbox/filtering/Filters'
import { SearchBox } from '@/features/inbox/filtering/SearchBox'
import { type InboxSearch, writeSearch } from '@/features/inbox/filtering/search'
import { StatusTabs } from '@/features/inbox/list/StatusTabs'
import { PageTitle } from '@/ui/PageTitle'
import styles from './ListHead.module.css'

interface ListHeadProps {
  title: string
  search: InboxSearch
  go: (search: InboxSearch, how?: 'push' | 'replace') => void
  children: ReactNode
}

/** Stand above another view of the inbox's list: the same tabs, search and filters. */
export function ListHead({ title, search, go, children }: ListHeadProps) {
  const box = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.page}>
      <PageTitle title={title}>
        <ViewSwitch query={writeSearch(search)} />
      </PageTitle>
      <StatusTabs search={search} go={go} />
      <div className={styles.toolbar}>
        <SearchBox text={search.text} box={box} onSearch={(text) => go({ ...search, text }, 'replace')} />
        <Filters search={search} go={go} />
      </div>
      <FilterChips search={search} go={go} />
      {children}
    </div>
  )
}
