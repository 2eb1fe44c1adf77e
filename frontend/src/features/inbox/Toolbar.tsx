import { clsx } from 'clsx'
import { Columns3, Keyboard } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { lazyDialog } from '@/entities/release/lazy-parts'
import { useCommands } from '@/lib/commands'
import { Button } from '@/ui/Button'
import type { Column } from './layout/columns'
import { ExportMenu } from './list/ExportMenu'
import { FilterMenus } from './filtering/FilterMenus'
import { GroupMenu } from './list/GroupMenu'
import type { LayoutPreference } from './layout/layout'
import { MoreFilters } from './filtering/MoreFilters'
import { SearchBox } from './filtering/SearchBox'
import type { InboxSearch } from './filtering/search'
import { strings } from './strings'
import styles from './Toolbar.module.css'

const AnyOfDialog = lazyDialog(() => import('./filtering/AnyOfDialog'))
const ColumnChooser = lazyDialog(() => import('./layout/ColumnChooser'))

interface ToolbarProps {
  search: InboxSearch
  go: (search: InboxSearch, how?: 'push' | 'replace') => void
  box: RefObject<HTMLInputElement | null>
  columns: Column[]
  kept: LayoutPreference
  keep: (layout: LayoutPreference) => void
  onHelp: () => void
}

export function Toolbar({ search, go, box, columns, kept, keep, onHelp }: ToolbarProps) {
  const [dialog, open] = useState<'anyOf' | 'columns' | null>(null)
  useCommands([
    { id: 'any-of', label: strings.anyOfFilter, run: () => open('anyOf') },
    { id: 'columns', label: strings.columnsTitle, run: () => open('columns') },
    { id: 'help', label: strings.shortcuts, keys: '?', run: onHelp },
  ])
  return (
    <div className={styles.toolbar}>
      <SearchBox
        text={search.text}
        box={box}
        onSearch={(text) => go({ ...search, text, page: 1, row: '' }, 'replace')}
      />
      <div className={styles.inSight}>
        <FilterMenus search={search} go={go} />
      </div>
      <MoreFilters search={search} go={go} />
      <Button
        className={clsx(search.filters.either && styles.active)}
        onPress={() => open('anyOf')}
      >
        {strings.anyOf}
      </Button>
      <div className={styles.right}>
        <ExportMenu search={search} columns={columns} />
        <GroupMenu search={search} go={go} />
        <Button onPress={() => open('columns')}>
          <Columns3 size={14} aria-hidden />
          {strings.columns}
        </Button>
        <Button kind="quiet" isIconOnly aria-label={strings.shortcuts} onPress={onHelp}>
          <Keyboard size={16} aria-hidden />
        </Button>
      </div>
      {dialog === 'anyOf' && <AnyOfDialog search={search} go={go} onClose={() => open(null)} />}
      {dialog === 'columns' && (
        <ColumnChooser kept={kept} keep={keep} onClose={() => open(null)} />
      )}
    </div>
  )
}
