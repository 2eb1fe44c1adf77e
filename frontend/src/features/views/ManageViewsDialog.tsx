import { useQuery } from '@tanstack/react-query'
import type { SavedView } from '@/api/types'
import { Dialog } from '@/ui/Dialog'
import styles from './ManageViewsDialog.module.css'
import { moved, shelvesOf, usePins } from './pins'
import { viewsQuery } from '@/api/queries'
import { useChangeView } from './mutations'
import { strings } from './strings'
import { ViewLine } from './ViewLine'

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
