import type { SyncLog } from '@/api/types'
import { formatCount } from '@/lib/format'
import { strings } from './strings'

const MOST_NAMED = 10

/** List what a run met unexpectedly without losing a record. */
export function remarksOf(run: SyncLog): string[] {
  const names = [
    [run.absent_attributes, strings.absent],
    [run.unmapped_statuses, strings.countedAsOpen],
    [run.unmapped_attributes, strings.notTakenOver],
  ] as const
  const met = names.flatMap(([list, say]) => (list.length ? [say(named(list))] : []))
  // What a reader cannot use comes as the same sentence each time.
  return [...new Set([...run.remarks, ...met])]
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ')
  const left = names.length - MOST_NAMED
  return left > 0 ? strings.andMore(shown, formatCount(left)) : shown
}
