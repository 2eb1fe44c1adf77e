import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SavedView } from '@/api/types'
import styles from './PinnedViews.module.css'
import { shelvesOf, usePins } from './pins'
import { viewsQuery } from '@/api/queries'
import { strings } from './strings'

interface PinnedViewsProps {
  /** Id of the view the list began with, or blank. */
  current: string
  searchOf: (view: SavedView) => Record<string, string | string[]>
  onOpen: (view: SavedView) => void
}

/** Show the pinned views above the list. */
export function PinnedViews({ current, searchOf, onOpen }: PinnedViewsProps) {
  const { data: views = [] } = useQuery(viewsQuery)
  const { pinned } = shelvesOf(views, usePins().ids)
  if (pinned.length === 0) return null
  return (
    <nav className={styles.pinned} aria-label={strings.pinned}>
      {pinned.map((view) => (
        <Link
          key={view.id}
          to="/inbox"
          search={searchOf(view)}
          className={styles.view}
          activeProps={{}}
          aria-current={view.id === current ? 'page' : undefined}
          title={view.is_mine ? undefined : strings.by(view.owner.name)}
          onClick={() => onOpen(view)}
        >
          {view.name}
        </Link>
      ))}
    </nav>
  )
}
