import { Link } from '@tanstack/react-router'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { BellGroup as Group, ReadOrder } from '@/api/schema'
import { Button } from '@/ui/Button'
import { focusBeside } from '@/ui/focus'
import { When } from '@/ui/When'
import styles from './Bell.module.css'
import { words } from './strings'

/** List what a person was told, deal by deal; who opens a deal has read it. */
export function Groups({ groups, most, onLeave }: { groups: Group[]; most?: number; onLeave?: () => void }) {
  return (
    <ul className={styles.groups}>
      {groups.map((group) => (
        <DealGroup key={group.deal?.id ?? ''} group={group} most={most} onLeave={onLeave} />
      ))}
    </ul>
  )
}

function DealGroup({ group, most, onLeave }: { group: Group; most?: number; onLeave?: () => void }) {
  const markRead = useMarkRead()
  const { deal, unread, count } = group
  const entries = group.entries.slice(0, most)
  const read = () => markRead({ deal: deal?.id ?? null })
  const leave = () => {
    if (unread > 0) read()
    onLeave?.()
  }
  return (
    <li className={styles.group}>
      <div className={styles.head}>
        {deal ? (
          <Link to="/opportunities/$id" params={{ id: deal.id }} onClick={leave}>
            {deal.name}
          </Link>
        ) : (
          <strong>{words.general}</strong>
        )}
        {unread > 0 && (
          <Button
            kind="quiet"
            onPress={({ target }) => {
              focusBeside(target, '[role=dialog], main')
              read()
            }}
            aria-label={`${words.read}: ${deal?.name ?? words.general}`}
          >
            {words.read}
          </Button>
        )}
      </div>
      <ul>
        {entries.map(({ id, title, actor, at, read_at: readAt }) => (
          <li key={id} className={styles.entry} data-unread={readAt === null || undefined}>
            {title} {actor && words.by(actor.name)}
            {readAt === null && <span className="visually-hidden">, {words.unread}</span>}
            <span className={styles.when}>
              <When at={at} />
            </span>
          </li>
        ))}
      </ul>
      {count > entries.length && <p className={styles.when}>{words.others(count - entries.length)}</p>}
    </li>
  )
}


const mark = (body: ReadOrder) => unwrap(api.POST('/api/notifications/read', { body }))

/** Mark entries as read: those of a deal, some, or all. */
export function useMarkRead() {
  return useApiMutation(mark, { stale: ['bell'] }).mutate
}
