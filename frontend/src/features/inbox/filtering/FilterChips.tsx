import { X } from 'lucide-react'
import { useCommands } from '@/lib/commands'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import type { InboxSearch } from './search'
import { strings } from '../strings'
import styles from '../Toolbar.module.css'
import { useChips } from './chips'

export function FilterChips({ search, go }: { search: InboxSearch; go: (search: InboxSearch) => void }) {
  const chips = useChips(search)
  const clear = () => go({ ...search, text: '', filters: {}, page: 1 })
  useCommands(chips.length > 0 ? [{ id: 'clear', label: strings.clearFilters, run: clear }] : [])
  if (chips.length === 0) return null
  return (
    <ul className={styles.chips} aria-label={strings.active}>
      {chips.map(({ label, without }) => (
        <li key={label} className={styles.chip}>
          {label}
          <button
            type="button"
            className={styles.remove}
            aria-label={strings.removeFilter(label)}
            onClick={() => go(without)}
          >
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <Button kind="quiet" onPress={clear}>
          {common.clearAll}
        </Button>
      </li>
    </ul>
  )
}
