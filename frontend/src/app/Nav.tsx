import { Link } from '@tanstack/react-router'
import { common } from '@/strings/common'
import styles from './Nav.module.css'
import { NAV_ITEMS } from './nav-items'

export function Nav() {
  return (
    <nav aria-label={common.navigation} className={styles.nav}>
      {NAV_ITEMS.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          className={styles.link}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
