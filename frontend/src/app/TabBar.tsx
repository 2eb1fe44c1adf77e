import { Link, useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import { NAV_ITEMS, PROFILE } from './nav-items'
import styles from './TabBar.module.css'

const ICON_PX = 20

/** Show the navigation at the bottom of a phone, where a thumb reaches it. */
export function TabBar() {
  const navigate = useNavigate()
  const others = [...NAV_ITEMS.filter(({ icon }) => icon === null), PROFILE]
  return (
    <nav aria-label={common.navigation} className={styles.bar} data-screen-only>
      {NAV_ITEMS.map(
        ({ to, label, icon: Icon }) =>
          Icon && (
            <Link
              key={to}
              to={to}
              className={styles.tab}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
            >
              <Icon size={ICON_PX} aria-hidden />
              {label}
            </Link>
          ),
      )}
      <Menu
        label={common.more}
        trigger={
          <Button kind="quiet" className={styles.tab}>
            <Ellipsis size={ICON_PX} aria-hidden />
            {common.more}
          </Button>
        }
        entries={others.map(({ to, label }) => ({ id: to, label }))}
        onAction={(to) => void navigate({ to })}
      />
    </nav>
  )
}
