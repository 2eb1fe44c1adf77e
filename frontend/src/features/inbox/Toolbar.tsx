import { Columns3, Ellipsis } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { useApiMutation } from '@/api/mutation'
import { fieldsWhere } from '@/entities/opportunity/catalogue'
import { lazyDialog } from '@/entities/release/lazy-parts'
import { useCommands } from '@/lib/commands'
import { PHONE, useMedia } from '@/lib/use-media'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { toast } from '@/ui/Toast'
import type { Column } from './layout/columns'
import { Menu } from '@/ui/Menu'
import type { LayoutPreference } from './layout/layout'
import { Filters } from './filtering/Filters'
import { SearchBox } from './filtering/SearchBox'
import type { InboxSearch } from './filtering/search'
import { type ExportKind, exportList } from './list/exporting'
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
  // Cards have neither columns nor a cursor.
  const isPhone = useMedia(PHONE)
  const exporting = useExports(search, columns)
  const more = [
    { id: 'urgent', label: strings.sortByUrgency, run: () => go({ ...search, ordering: '', page: 1, row: '' }) },
    ...groupingsOf(search, go),
    ...exporting.entries,
    ...(isPhone ? [] : [{ id: 'help', label: strings.shortcuts, keys: '?', run: onHelp }]),
  ]
  useCommands([
    { id: 'any-of', label: strings.anyOfFilter, run: () => open('anyOf') },
    ...(isPhone ? [] : [{ id: 'columns', label: strings.columnsTitle, run: () => open('columns') }]),
    ...more,
  ])
  return (
    <div className={styles.toolbar}>
      <SearchBox
        text={search.text}
        box={box}
        onSearch={(text) => go({ ...search, text, page: 1, row: '' }, 'replace')}
      />
      <Filters search={search} go={go} onAnyOf={() => open('anyOf')} />
      {search.ordering === '' && <span className={styles.order}>{strings.mostUrgent}</span>}
      <div className={styles.right}>
        {!isPhone && (
          <Button onPress={() => open('columns')}>
            <Columns3 size={14} aria-hidden />
            {strings.columns}
          </Button>
        )}
        <Menu
          label={strings.more}
          trigger={<IconButton icon={Ellipsis} label={strings.more} isPending={exporting.isPending} kind="plain" />}
          entries={more}
          onAction={(id) => more.find((each) => each.id === id)?.run()}
        />
      </div>
      {dialog === 'anyOf' && <AnyOfDialog search={search} go={go} onClose={() => open(null)} />}
      {dialog === 'columns' && (
        <ColumnChooser kept={kept} keep={keep} onClose={() => open(null)} />
      )}
    </div>
  )
}

/** Offer what rows can be grouped by, and to end the grouping there is. */
function groupingsOf(search: InboxSearch, go: (search: InboxSearch) => void) {
  const choose = (group: string) => go({ ...search, group, page: 1, row: '' })
  const others = fieldsWhere('is_groupable').filter(({ name }) => name !== search.group)
  return [
    ...(search.group ? [{ id: 'group none', label: strings.noGrouping, run: () => choose('') }] : []),
    ...others.map(({ name, label }) => ({
      id: `group ${name}`,
      label: strings.groupBy(label),
      run: () => choose(name),
    })),
  ]
}

const KINDS: ExportKind[] = ['csv', 'xlsx']

/** Offer to export the list with its filters, order and columns. */
function useExports(search: InboxSearch, columns: Column[]) {
  const exporting = useApiMutation((kind: ExportKind) => exportList(kind, search, columns), {
    onSuccess: (name) => toast({ kind: 'done', text: strings.exported(name) }),
  })
  const entries = KINDS.map((id) => ({ id, label: strings.exportAs[id], run: () => exporting.mutate(id) }))
  return { entries, isPending: exporting.isPending }
}
