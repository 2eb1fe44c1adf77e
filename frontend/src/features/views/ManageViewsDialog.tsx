import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Pin, PinOff } from 'lucide-react'
import type { SavedView } from '@/api/types'
import { IconButton } from '@/ui/IconButton'
import { Dialog } from '@/ui/Dialog'
import { MoveButtons } from '@/ui/MoveButtons'
import { Menu, type MenuEntry } from '@/ui/Menu'
import { describe } from './described'
import styles from './ManageViewsDialog.module.css'
import { moved, shelvesOf, usePins } from './pins'
import { viewsQuery } from '@/api/queries'
import { useChangeView } from './mutations'
import { strings } from './strings'
import { useViewActions } from './use-view-actions'

/** Pin, order and share views. */
export default function ManageViewsDialog({ onClose }: { onClose: () => void }) {
  const { data: views = [] } = useQuery(viewsQuery)
  const pins = usePins()
  const change = useChangeView()
  const { pinned, mine, others } = shelvesOf(views, pins.ids)

  function reorder(view: SavedView, by: -1 | 1) {
    moved(mine, view, by).forEach((each, position) => {
      if (each.position !== position) change.mutate({ view: each, change: { position } })
    })
  }

  return (
    <Dialog title={strings.manage} onClose={onClose}>
      {views.length === 0 && <p>{strings.noneMine}</p>}
      <Shelf title={strings.pinned} views={pinned} onMove={(view, by) => pins.move(view.id, by)} />
      <Shelf title={strings.mine} views={mine} onMove={reorder} />
      <Shelf title={strings.others} views={others} />
    </Dialog>
  )
}

interface ShelfProps {
  title: string
  views: SavedView[]
  onMove?: (view: SavedView, by: -1 | 1) => void
}

function Shelf({ title, views, onMove }: ShelfProps) {
  if (views.length === 0) return null
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      <ul>
        {views.map((view, place) => (
          <ViewLine
            key={view.id}
            view={view}
            isFirst={place === 0}
            isLast={place === views.length - 1}
            onMove={onMove && ((by) => onMove(view, by))}
          />
        ))}
      </ul>
    </section>
  )
}

interface ViewLineProps {
  view: SavedView
  isFirst: boolean
  isLast: boolean
  /** Left out where there is no order of one's own. */
  onMove?: (by: -1 | 1) => void
}

function ViewLine({ view, isFirst, isLast, onMove }: ViewLineProps) {
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
        <MoveButtons name={view.name} isFirst={isFirst} isLast={isLast} onMove={onMove} />
      )}
      <IconButton
        icon={PinIcon}
        size={14}
        label={isPinned ? strings.unpin(view.name) : strings.pin(view.name)}
        onPress={() => pins.toggle(view.id)}
      />
      <Menu
        label={strings.more(view.name)}
        trigger={<IconButton icon={Ellipsis} size={14} label={strings.more(view.name)} />}
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
