import { useEffect } from 'react'
import { formatCount } from '@/lib/format'
import { useDebounced } from '@/lib/use-debounced'
import { announce } from '@/ui/Announcer'
import { strings } from '../strings'

const QUIET_MS = 500

/** Announce the count when it is stable, not at each key. */
export function useAnnouncedCount(count: number | null): void {
  const settled = useDebounced(count, QUIET_MS)
  useEffect(() => {
    if (settled !== null) announce(strings.count(settled, formatCount(settled)))
  }, [settled])
}
