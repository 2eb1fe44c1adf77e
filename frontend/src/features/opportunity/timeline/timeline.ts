/** People's events and the CRM's changes as one line of entries, newest first. Pure. */
import type { Change, Event } from '@/api/schema'
import { groupBySync } from '@/entities/opportunity/changes'

export type Entry =
  | { kind: 'event'; id: string; at: string; event: Event }
  /** What the CRM changed in one go. */
  | { kind: 'crm'; id: string; at: string; changes: Change[] }

export const KINDS = ['all', 'work', 'comments', 'crm'] as const
export type Kind = (typeof KINDS)[number]

/** Merge events and changes, no older than both are known: else there would be gaps. */
export function entriesOf(
  events: { rows: Event[]; isWhole: boolean },
  changes: { rows: Change[]; isWhole: boolean },
  kind: Kind,
): Entry[] {
  const since = [events, changes].map(({ rows, isWhole }) => (isWhole ? '' : (rows.at(-1)?.at ?? '')))
  const start = kind === 'all' ? since.toSorted().at(-1) ?? '' : ''
  return [...eventEntries(events.rows), ...changeEntries(changes.rows)]
    .filter((entry) => isOfKind(entry, kind) && entry.at >= start)
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

function eventEntries(events: Event[]): Entry[] {
  return events.map((event) => ({ kind: 'event', id: event.id, at: event.at, event }))
}

function changeEntries(changes: Change[]): Entry[] {
  return groupBySync(changes).map((run) => ({ kind: 'crm', ...run }))
}

function isOfKind(entry: Entry, kind: Kind): boolean {
  if (kind === 'all') return true
  if (entry.kind === 'crm') return kind === 'crm'
  const isOfCrm = entry.event.channel === 'SYNC'
  const isComment = entry.event.action === 'COMMENT'
  return { work: !isOfCrm && !isComment, comments: isComment, crm: isOfCrm }[kind]
}
