import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bell as BellIcon } from 'lucide-react'
import { useState } from 'react'
import { bellQuery, unreadQuery } from '@/api/queries'
import { Loaded } from '@/entities/Loaded'
import { useShortcutsPreference } from '@/entities/preferences/preferences'
import { formatCount } from '@/lib/format'
import { useShortcuts } from '@/lib/shortcuts'
import { Button } from '@/ui/Button'
import { Popover } from '@/ui/Popover'
import styles from './Bell.module.css'
import { Groups } from './Groups'
import { words } from './strings'

const GROUPS_SHOWN = 5
const MOST_SHOWN = 99

/** Count what is unread, and show the newest of it. */
export function Bell() {
  const [isOpen, setOpen] = useState(false)
  const [areKeysOn] = useShortcutsPreference()
  const unread = useQuery(unreadQuery).data?.unread ?? 0
  useShortcuts({ b: () => setOpen(true) }, areKeysOn)
  const trigger = (
    <Button kind="quiet" isIconOnly className={styles.bell} aria-label={words.open(unread)}>
      <BellIcon size={18} aria-hidden />
      {unread > 0 && (
        <span className={styles.count} aria-hidden>
          {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : formatCount(unread)}
        </span>
      )}
    </Button>
  )
  return (
    <Popover label={words.title} trigger={trigger} isOpen={isOpen} onOpenChange={setOpen}>
      {(close) => <Newest close={close} />}
    </Popover>
  )
}

function Newest({ close }: { close: () => void }) {
  return (
    <Loaded query={useQuery(bellQuery({}))}>
      {({ groups }) => (
        <>
          {groups.length === 0 && <p>{words.nothingDetail}</p>}
          <Groups groups={groups.slice(0, GROUPS_SHOWN)} most={2} onLeave={close} />
          <Link to="/notifications" onClick={close}>
            {words.all}
          </Link>
        </>
      )}
    </Loaded>
  )
}
