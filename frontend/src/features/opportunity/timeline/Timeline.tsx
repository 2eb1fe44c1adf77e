import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OpportunityDetail } from '@/api/types'
import { currencyAt } from '@/entities/opportunity/changes'
import { PartFailed } from '@/entities/PartFailed'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { changePagesQuery, eventPagesQuery } from '@/api/queries'
import { timelineWords } from '../strings'
import { entriesOf, type Kind, KINDS } from './timeline'
import styles from './Timeline.module.css'
import { TimelineEntry } from './TimelineEntry'

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
