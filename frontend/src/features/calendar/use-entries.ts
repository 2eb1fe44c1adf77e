import { useQuery } from '@tanstack/react-query'
import { opportunitiesQuery } from '@/api/queries'
import { now } from '@/lib/clock'
import { dayOf, startOf } from '@/lib/format'
import { addDays } from './days'
import { entriesByDay } from './entries'

/** As many as the server gives at once. */
const MOST = 500

/** Read what is due from one day to another, instead of the dates that the list is filtered by. */
export function useEntries(query: Record<string, string | string[]>, first: string, last: string) {
  const { bid_due_from, bid_due_to, due_from, due_before, ...others } = query
  const asked = { ...others, page_size: MOST }
  const bids = useQuery(
    opportunitiesQuery({ ...asked, bid_due_from: first, bid_due_to: last, ordering: 'bid_due_on' }, true),
  )
  const clocks = useQuery(
    opportunitiesQuery({ ...asked, due_from: startOf(first), due_before: startOf(addDays(last, 1)), ordering: 'due_at' }, true),
  )
  const answers = [bids.data, clocks.data]
  const shown = (which: number) => answers[which]?.results ?? []
  return {
    isPending: bids.isPending || clocks.isPending,
    isStale: bids.isPlaceholderData || clocks.isPlaceholderData,
    hasDateFilter: [bid_due_from, bid_due_to, due_from, due_before].some((each) => each !== undefined),
    error: [bids, clocks].find(({ isLoadingError }) => isLoadingError)?.error,
    refetch: () => void Promise.all([bids.refetch(), clocks.refetch()]),
    entries: entriesByDay(shown(0), shown(1), dayOf(now())),
    shown: shown(0).length + shown(1).length,
    count: answers.reduce((sum, answer) => sum + (answer?.count ?? 0), 0),
  }
}
