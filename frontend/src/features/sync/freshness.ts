import type { SyncLog, SyncStatus } from '@/api/types'
import { formatCount, formatDateTime, formatRelative } from '@/lib/format'
import { strings } from './strings'

export type Tone = 'calm' | 'warning' | 'bad'

interface Remark {
  tone: Tone
  sentence: string
}

/** Say how old the data is; the server decides when that is too old. */
export function freshnessOf(status: SyncStatus, now: number): Remark {
  const { complete_at: at, freshness } = status
  if (at === null) return { tone: 'bad', sentence: strings.none }
  const words = [formatRelative(at, now), formatDateTime(at)] as const
  if (freshness === 'old') return { tone: 'bad', sentence: strings.old(...words) }
  if (freshness === 'stale') return { tone: 'warning', sentence: strings.stale(...words) }
  return { tone: 'calm', sentence: strings.synced(...words) }
}

/** Say what went wrong in the last run, or null. */
export function problemOfRun(last: SyncLog | null): Remark | null {
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

/** Say that removals wait for confirmation, unless the last run said so. */
export function waitingOf(status: SyncStatus): Remark | null {
  const count = status.removals_waiting
  if (count === 0 || status.last_run?.removals_waiting) return null
  return { tone: 'warning', sentence: strings.removalsWaiting(count, formatCount(count)) }
}

/** Say when the next sync runs; that none does matters only where data is old. */
export function nextSyncOf(status: SyncStatus): string | null {
  if (status.next_scheduled_at !== null) return strings.next(formatDateTime(status.next_scheduled_at))
  return status.freshness === 'fresh' ? null : strings.nothingScheduled
}

/** Say when the next sync and the next full one run, or why none does. */
export function scheduleOf(status: SyncStatus): string {
  const { next_scheduled_at: next, next_full_scheduled_at: full } = status
  if (next === null) return strings.notScheduled(status.not_scheduled_because ?? '')
  if (full === null) return strings.next(formatDateTime(next))
  if (full === next) return strings.nextIsFull(formatDateTime(next))
  return strings.nextAndNextFull(formatDateTime(next), formatDateTime(full))
}

/** Return the most serious tone. */
export function worst(remarks: (Remark | null)[]): Tone {
  const tones = remarks.map((remark) => remark?.tone)
  if (tones.includes('bad')) return 'bad'
  return tones.includes('warning') ? 'warning' : 'calm'
}
