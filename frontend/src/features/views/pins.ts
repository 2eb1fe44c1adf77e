/** Which views stand above the list, and in which order views are told. */

import type { SavedView } from '@/api/types'
import { usePreference } from '@/entities/preferences/preferences'

export function usePins() {
  const [ids, keep] = usePreference<string[]>('pinned_views', [])
  return {
    ids,
    toggle: (id: string) => keep(ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]),
    move: (id: string, by: -1 | 1) => keep(moved(ids, id, by)),
  }
}

interface Shelves {
  /** In the order of the pins; what is gone, or no longer shared, is left out. */
  pinned: SavedView[]
  mine: SavedView[]
  others: SavedView[]
}

/** Sort views onto three shelves, each view once. */
export function shelvesOf(views: SavedView[], pins: string[]): Shelves {
  const free = views.filter(({ id }) => !pins.includes(id))
  return {
    pinned: pins.flatMap((pin) => views.filter(({ id }) => id === pin)),
    mine: free.filter((view) => view.is_mine),
    others: free.filter((view) => !view.is_mine),
  }
}

export function moved<T>(items: readonly T[], item: T, by: -1 | 1): T[] {
  const from = items.indexOf(item)
  return items.toSpliced(from, 1).toSpliced(Math.max(0, from + by), 0, item)
}
