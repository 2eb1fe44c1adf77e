import { ArrowDown, ArrowUp, Ellipsis, Pin, PinOff } from 'lucide-react'
import type { SavedView } from '@/api/types'
import { Button } from '@/ui/Button'
import { Menu, type MenuEntry } from '@/ui/Menu'
import { describe } from './described'
import styles from './ManageViewsDialog.module.css'
import { usePins } from './pins'
import { strings } from './strings'
import { useViewActions } from './use-view-actions'

interface ViewLineProps {
  view: SavedView
  isFirst: boolean
  isLast: boolean
  /** Left out where there is no order of one's own. */
  onMove?: (by: -1 | 1) => void
}

export function ViewLine({ view, isFirst, isLast, onMove }: ViewLineProps) {
  const pins = usePins()
  const act = useViewActions(view)
  const isPinned = pins.ids.includes(view.id)
  const PinIcon = isPinned ? PinOff : Pin
  return (
    <li className={styles.view}>
      <span className={styles.name}>
        {view.name} <span className={styles.said}>{describe(view)}</span>
      </span>
      {onMove && (
        <>
          <Button
            kind="quiet"
            isIconOnly
            aria-label={strings.moveUp(view.name)}
            isDisabled={isFirst}
            onPress={() => onMove(-1)}
          >
            <ArrowUp size={14} aria-hidden />
          </Button>
          <Button
            kind="quiet"
            isIconOnly
            aria-label={strings.moveDown(view.name)}
            isDisabled={isLast}
            onPress={() => onMove(1)}
          >
            <ArrowDown size={14} aria-hidden />
          </Button>
        </>
      )}
      <Button
        kind="quiet"
        isIconOnly
        aria-label={isPinned ? strings.unpin(view.name) : strings.pin(view.name)}
        onPress={() => pins.toggle(view.id)}
      >
        <PinIcon size={14} aria-hidden />
      </Button>
      <Menu
        label={strings.more(view.name)}
        trigger={
          <Button kind="quiet" isIconOnly aria-label={strings.more(view.name)}>
            <Ellipsis size={14} aria-hidden />
          </Button>
        }
        entries={entriesOf(view)}
        onAction={act}
      />
    </li>
  )
}

function entriesOf(view: SavedView): MenuEntry[] {
  const link = { id: 'link', label: strings.copyLink }
  if (!view.is_mine) return [link]
  return [
    link,
    { id: 'share', label: view.is_shared ? strings.unshare : strings.share },
    { id: 'start', label: view.is_default ? strings.noStart : strings.start },
    { id: 'remove', label: strings.removeIt },
  ]
}
