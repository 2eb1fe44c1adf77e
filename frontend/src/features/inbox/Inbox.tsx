import { useRef, useState } from 'react'
import { useShortcutsPreference } from '@/entities/preferences/preferences'
import { lazyDialog } from '@/entities/release/lazy-parts'
import { FilterChips } from './filtering/FilterChips'
import styles from './Inbox.module.css'
import { useLayout } from './layout/use-layout'
import { List } from './list/List'
import type { PreviewProps } from './list/Preview'
import type { InboxSearch } from './filtering/search'
import type { BulkRights } from './selecting/bulk-actions'
import { StatusTabs } from './list/StatusTabs'
import { Toolbar } from './Toolbar'

const ShortcutSheet = lazyDialog(() => import('./list/ShortcutSheet'))

interface InboxProps {
  search: InboxSearch
  go: (search: InboxSearch, how?: 'push' | 'replace') => void
  rights: BulkRights
  actions: PreviewProps['actions']
}

export function Inbox({ search, go, rights, actions }: InboxProps) {
  const { kept, keep, layout } = useLayout()
  const [areOn, switchShortcuts] = useShortcutsPreference()
  const [isHelpOpen, openHelp] = useState(false)
  const box = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.inbox}>
      <StatusTabs search={search} go={go} />
      <Toolbar
        search={search}
        go={go}
        box={box}
        columns={layout.columns}
        kept={kept}
        keep={keep}
        onHelp={() => openHelp(true)}
      />
      <FilterChips search={search} go={go} />
      <List
        search={search}
        go={go}
        layout={layout}
        rights={rights}
        actions={actions}
        hasShortcuts={areOn}
        onSearch={() => box.current?.focus()}
        onHelp={() => openHelp(true)}
      />
      {isHelpOpen && (
        <ShortcutSheet isOn={areOn} onSwitch={switchShortcuts} onClose={() => openHelp(false)} />
      )}
    </div>
  )
}
