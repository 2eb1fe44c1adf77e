import { Link } from '@tanstack/react-router'
import { CalendarDays, List, type LucideIcon, SquareKanban } from 'lucide-react'
import { viewWords } from './strings'
import styles from './ViewSwitch.module.css'

const VIEWS: [keyof typeof viewWords.views, LucideIcon][] = [
  ['/inbox', List],
  ['/board', SquareKanban],
  ['/calendar', CalendarDays],
]

/** Show the same opportunities as list, board or calendar: the search stays. */
export function ViewSwitch({ query }: { query: Record<string, string | string[]> }) {
  return (
    <nav className={styles.switch} aria-label={viewWords.label}>
      {VIEWS.map(([to, Icon]) => (
        <Link
          key={to}
          to={to}
          search={query}
          className={styles.view}
          activeOptions={{ includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          <Icon size={14} aria-hidden />
          {viewWords.views[to]}
        </Link>
      ))}
    </nav>
  )
}
