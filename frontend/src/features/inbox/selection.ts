import { useCallback, useMemo, useState } from 'react'
import type { Opportunity } from '@/api/types'

/** What the person may do to many rows; where nothing, no row can be selected. */
export interface BulkRights {
  assign: boolean
  hold: boolean
}

export interface Selection {
  rows: Opportunity[]
  has: (id: string) => boolean
  set: (rows: Opportunity[], isSelected: boolean) => void
  toggle: (row: Opportunity) => void
  clear: () => void
}

/** Across pages, as long as the same list is shown: what is not to be seen is not acted on. */
export function useSelection(list: string): Selection {
  const [kept, keep] = useState({ list, rows: new Map<string, Opportunity>() })
  const rows = kept.list === list ? kept.rows : EMPTY

  const set = useCallback(
    (changed: Opportunity[], isSelected: boolean) =>
      keep((before) => {
        const next = new Map(before.list === list ? before.rows : EMPTY)
        for (const row of changed) {
          if (isSelected) next.set(row.id, row)
          else next.delete(row.id)
        }
        return { list, rows: next }
      }),
    [list],
  )

  return useMemo(
    () => ({
      rows: [...rows.values()],
      has: (id) => rows.has(id),
      set,
      toggle: (row) => set([row], !rows.has(row.id)),
      clear: () => keep({ list, rows: EMPTY }),
    }),
    [rows, set, list],
  )
}

const EMPTY: Map<string, Opportunity> = new Map()
