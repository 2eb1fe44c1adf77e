import type { ReactNode } from 'react'
import { ChangeLines } from '@/entities/opportunity/ChangeLines'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { changedWord } from '@/entities/opportunity/strings'
import { formatDateTime, formatRelative } from '@/lib/format'
import { actorOf, timelineWords } from '../strings'
import type { Entry } from './timeline'
import styles from './Timeline.module.css'

interface TimelineEntryProps {
  entry: Entry
  /** Of the amounts, at that time. */
  currency: string | null
}

export function TimelineEntry({ entry, currency }: TimelineEntryProps) {
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
          <ChangeLines className={styles.changes} changes={entry.changes} currency={currency} />
        </div>
      ) : (
        <EventWords event={entry.event} currency={currency} />
      )}
    </li>
  )
}

interface EventWordsProps extends Pick<TimelineEntryProps, 'currency'> {
  event: Extract<Entry, { kind: 'event' }>['event']
}

function EventWords({ event, currency }: EventWordsProps) {
  const { from_status: from, to_status: to } = event
  return (
    <div>
      <p>
        <span className={styles.what}>{event.label}</span>
        <Meta>{actorOf(event.actor, event.on_behalf_of)}</Meta>
        {from !== to && <Meta>{changedWord(stateLabel(from), stateLabel(to))}</Meta>}
      </p>
      {event.reason && <p className={styles.reason}>{event.reason}</p>}
      <ChangeLines
        className={styles.changes}
        changes={Object.entries(event.changes).map(([field, [old, now]]) => ({ field, old, new: now }))}
        currency={currency}
      />
    </div>
  )
}

function Meta({ children }: { children: ReactNode }) {
  return <span className={styles.meta}> · {children}</span>
}
