import type { SyncLog, SyncStatus } from '@/api/types'
import { formatCount, formatDateTime, formatRelative } from '@/lib/format'
import { strings } from './strings'

export type Tone = 'calm' | 'warning' | 'bad'

export interface Remark {
  tone: Tone
  sentence: string
}

/** How old the data is, in words; the server decides from when that is too old. */
export function freshnessOf(status: SyncStatus, now: number): Remark {
  const { complete_at: at, freshness } = status
  if (at === null) return { tone: 'bad', sentence: strings.none }
  const words = [formatRelative(at, now), formatDateTime(at)] as const
  if (freshness === 'old') return { tone: 'bad', sentence: strings.old(...words) }
  if (freshness === 'stale') return { tone: 'warning', sentence: strings.stale(...words) }
  return { tone: 'calm', sentence: strings.synced(...words) }
}

/** What went wrong last, where something did. */
export function troubleOf(last: SyncLog | null): Remark | null {
  if (last === null) return null
  const at = formatDateTime(last.started_at)
  if (last.is_interrupted) return { tone: 'warning', sentence: strings.interrupted(at) }
  if (last.status === 'FAILED') {
    return { tone: 'bad', sentence: strings.failed(at, last.error_message) }
  }
  if (last.status === 'PARTIAL') {
    return { tone: 'warning', sentence: strings.partial(at, last.error_message) }
  }
  return null
}

export function rejectedOf(status: SyncStatus): string | null {
  const count = status.counts.rejected_awaiting
  return count === 0 ? null : strings.rejected(count, formatCount(count))
}

/** Until a full run finds them or somebody accepts; the run that found out says so itself. */
export function waitingOf(status: SyncStatus): Remark | null {
  const count = status.removals_waiting
  if (count === 0 || status.last_run?.removals_waiting) return null
  return { tone: 'warning', sentence: strings.removalsWaiting(count, formatCount(count)) }
}

/** When the next sync comes; that none does matters where the data is too old, and to nobody else. */
export function nextSyncOf(status: SyncStatus): string | null {
  if (status.next_scheduled_at !== null) return scheduleOf(status)
  return status.freshness === 'fresh' ? null : strings.nothingScheduled
}

/** With the reason, which is for whoever runs the server. */
export function scheduleOf(status: SyncStatus): string {
  if (status.next_scheduled_at === null) {
    return strings.notScheduled(status.not_scheduled_because ?? '')
  }
  return strings.next(formatDateTime(status.next_scheduled_at))
}

/** The gravest of what there is to say colours the banner. */
export function worst(remarks: (Remark | null)[]): Tone {
  const tones = remarks.map((remark) => remark?.tone)
  if (tones.includes('bad')) return 'bad'
  return tones.includes('warning') ? 'warning' : 'calm'
}
