import type { ReactNode } from 'react'
import { fieldWord, statusWords } from '@/entities/opportunity/strings'
import { formatDateTime, formatRelative } from '@/lib/format'
import { actorOf, timelineWords } from './strings'
import type { Entry } from './timeline'
import styles from './Timeline.module.css'

export function TimelineEntry({ entry }: { entry: Entry }) {
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <p className={styles.when}>
        <time dateTime={entry.at} title={formatRelative(entry.at)}>
          {formatDateTime(entry.at)}
        </time>
      </p>
      {entry.kind === 'crm' ? (
        <div>
          <p className={styles.what}>{timelineWords.crm}</p>
          <Changes changes={entry.changes.map(({ field, old, new: now }) => [field, old, now])} />
        </div>
      ) : (
        <EventWords event={entry.event} />
      )}
    </li>
  )
}

function EventWords({ event }: { event: Extract<Entry, { kind: 'event' }>['event'] }) {
  const { from_status: from, to_status: to } = event
  return (
    <div>
      <p>
        <span className={styles.what}>{event.label}</span>
        <Meta>{actorOf(event.actor, event.on_behalf_of)}</Meta>
        {from !== to && <Meta>{timelineWords.moved(statusWords[from], statusWords[to])}</Meta>}
      </p>
      {event.reason && <p className={styles.reason}>{event.reason}</p>}
      <Changes
        changes={Object.entries(event.changes).map(([field, [old, now]]) => [field, old, now])}
      />
    </div>
  )
}

function Meta({ children }: { children: ReactNode }) {
  return <span className={styles.meta}> · {children}</span>
}

function Changes({ changes }: { changes: [string, unknown, unknown][] }) {
  if (changes.length === 0) return null
  return (
    <ul className={styles.changes}>
      {changes.map(([field, old, now]) => (
        <li key={field}>
          {fieldWord(field)}: {timelineWords.changed(word(old), word(now))}
        </li>
      ))}
    </ul>
  )
}

function word(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
