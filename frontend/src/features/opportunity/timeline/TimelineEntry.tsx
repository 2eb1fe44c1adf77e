import type { ReactNode } from 'react'
import { ChangeLines } from '@/entities/opportunity/ChangeLines'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { changedWord } from '@/entities/opportunity/strings'
import { When } from '@/ui/When'
import { actorOf, timelineWords } from '../strings'
import type { Entry } from './timeline'
import styles from './Timeline.module.css'

/** What an event keeps for its seal. */
const NOT_SHOWN = ['reply_to', 'mentions', 'sha256']

interface TimelineEntryProps {
  entry: Entry
  /** Of the amounts, at that time. */
  currency: string | null
}

export function TimelineEntry({ entry, currency }: TimelineEntryProps) {
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <p className={styles.when}>
        <When at={entry.at} />
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
        changes={changesOf(event)}
        currency={currency}
      />
    </div>
  )
}

function changesOf({ changes }: EventWordsProps['event']) {
  const shown = Object.entries(changes).filter(([field]) => !NOT_SHOWN.includes(field))
  return shown.map(([field, [old, now]]) => ({ field, old, new: now }))
}

function Meta({ children }: { children: ReactNode }) {
  return <span className={styles.meta}> · {children}</span>
}
