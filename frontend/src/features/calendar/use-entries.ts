import { useQuery } from '@tanstack/react-query'
import { opportunitiesQuery } from '@/api/queries'
import { now } from '@/lib/clock'
import { addDays, dayOf, startOf } from './days'
import { entriesByDay } from './entries'

/** As many as the server gives at once. */
const MOST = 500

/** Read what is due from one day to another; a filter of the list by the same dates comes first. */
export function useEntries(query: Record<string, string | string[]>, first: string, last: string) {
  const page = { page_size: MOST }
  const bids = useQuery(
    opportunitiesQuery({ bid_due_from: first, bid_due_to: last, ...query, ordering: 'bid_due_on', ...page }, true),
  )
  const clocks = useQuery(
    opportunitiesQuery({ due_from: startOf(first), due_before: startOf(addDays(last, 1)), ...query, ordering: 'due_at', ...page }, true),
  )
  const answers = [bids.data, clocks.data]
  const shown = (which: number) => answers[which]?.results ?? []
  return {
    isPending: bids.isPending || clocks.isPending,
    isStale: bids.isPlaceholderData || clocks.isPlaceholderData,
    error: bids.error ?? clocks.error,
    refetch: () => void Promise.all([bids.refetch(), clocks.refetch()]),
    entries: entriesByDay(shown(0), shown(1), dayOf(now())),
    shown: shown(0).length + shown(1).length,
    count: answers.reduce((sum, answer) => sum + (answer?.count ?? 0), 0),
  }
}
