import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Opportunity } from '@/api/types'

export interface Selection {
  rows: Opportunity[]
  has: (id: string) => boolean
  set: (rows: Opportunity[], isSelected: boolean) => void
  toggle: (row: Opportunity) => void
  clear: () => void
}

/** Keep the selection across pages of one list; another list starts empty. */
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

/** Deselect rows that left this page, and refresh those still on it. */
export function usePrunedSelection(selection: Selection, rows: Opportunity[] | null | undefined, page: string): void {
  const shown = useRef({ page: '', rows: [] as Opportunity[] })
  useEffect(() => {
    if (!rows) return
    const before = shown.current.page === page ? shown.current.rows : []
    shown.current = { page, rows }
    if (before === rows) return
    const here = new Set(rows.map(({ id }) => id))
    const selected = (row: Opportunity) => selection.has(row.id)
    const removed = before.filter((row) => selected(row) && !here.has(row.id))
    if (removed.length > 0) selection.set(removed, false)
    const renewed = before.length > 0 ? rows.filter(selected) : []
    if (renewed.length > 0) selection.set(renewed, true)
  }, [selection, rows, page])
}

const EMPTY: Map<string, Opportunity> = new Map()
