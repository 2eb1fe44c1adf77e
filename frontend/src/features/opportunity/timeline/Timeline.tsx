import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { OpportunityDetail } from '@/api/types'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { ChangeLines } from '@/entities/opportunity/ChangeLines'
import { currencyAt } from '@/entities/opportunity/changes'
import { changedWord } from '@/entities/opportunity/strings'
import { PartFailed } from '@/entities/PartFailed'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { changePagesQuery, eventPagesQuery } from '@/api/queries'
import { When } from '@/ui/When'
import { actorOf, timelineWords } from '../strings'
import { entriesOf, type Entry, type Kind, KINDS } from './timeline'
import styles from './Timeline.module.css'

const OPTIONS = KINDS.map((kind) => ({ value: kind, label: timelineWords.kinds[kind] }))

export function Timeline({ opportunity }: { opportunity: OpportunityDetail }) {
  const [kind, show] = useState<Kind>('all')
  const events = useInfiniteQuery(eventPagesQuery(opportunity.id))
  const changes = useInfiniteQuery(changePagesQuery(opportunity.id))
  const changed = rowsOf(changes)
  const entries = entriesOf(rowsOf(events), changed, kind)
  const failure = events.error ?? changes.error
  const isMore = events.hasNextPage || changes.hasNextPage

  function showEarlier() {
    if (events.hasNextPage) void events.fetchNextPage()
    if (changes.hasNextPage) void changes.fetchNextPage()
  }

  function readAgain() {
    void events.refetch()
    void changes.refetch()
  }

  return (
    <section className={styles.timeline} aria-labelledby="timeline">
      <header className={styles.head}>
        <h2 id="timeline">{timelineWords.title}</h2>
        <Select
          label={timelineWords.show}
          isLabelHidden
          value={kind}
          onChange={(chosen) => show(chosen as Kind)}
          options={OPTIONS}
        />
      </header>
      {failure && <PartFailed error={failure} retry={readAgain} />}
      {(events.isPending || changes.isPending) && <Skeleton />}
      {!isMore && !events.isPending && entries.length === 0 && <p>{timelineWords.nothing}</p>}
      <ol className={styles.entries}>
        {entries.map((entry) => (
          <TimelineEntry
            key={entry.kind + entry.id}
            entry={entry}
            currency={currencyAt(entry.at, changed.rows, opportunity.currency)}
          />
        ))}
      </ol>
      {isMore && (
        <div>
          <Button onPress={showEarlier}>{timelineWords.more}</Button>
        </div>
      )}
    </section>
  )
}

interface Paged<T> {
  data: { pages: { results: T[] }[] } | undefined
  hasNextPage: boolean
  isPending: boolean
}

function rowsOf<T>({ data, hasNextPage, isPending }: Paged<T>) {
  return { rows: data?.pages.flatMap((page) => page.results) ?? [], isWhole: !hasNextPage && !isPending }
}

/** What an event keeps for its seal. */
const NOT_SHOWN = ['reply_to', 'mentions', 'sha256']

interface TimelineEntryProps {
  entry: Entry
  /** Of the amounts, at that time. */
  currency: string | null
}

function TimelineEntry({ entry, currency }: TimelineEntryProps) {
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
