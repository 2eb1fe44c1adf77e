import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Opportunity } from '@/api/types'

// Coming back from a row, the cursor is where it was left.
let lastOpened = ''

export function rememberOpened(id: string): void {
  lastOpened = id
}

/** Track the row that single keys act on; where it left the list, the one in its place. */
export function useRowCursor(rows: Opportunity[], from: string, page: number) {
  const navigate = useNavigate()
  const list = `${from} ${page}`
  const [kept, keep] = useState({ list: '', id: lastOpened, place: -1 })
  const found = rows.findIndex((row) => row.id === kept.id)
  const samePlace = kept.list === list ? Math.min(kept.place, rows.length - 1) : -1
  const place = found < 0 ? samePlace : found
  const to = (next: number) => {
    const within = Math.max(0, Math.min(rows.length - 1, next))
    const row = rows[within]
    if (row) keep({ list, id: row.id, place: within })
  }
  const open = () => {
    const row = rows[place]
    if (!row) return
    rememberOpened(row.id)
    void navigate({ to: '/opportunities/$id', params: { id: row.id }, search: { from } })
  }
  const review = () => {
    const row = rows[place]
    if (row?.workflow_status !== 'IN_REVIEW') return
    rememberOpened(row.id)
    void navigate({ to: '/opportunities/$id/review', params: { id: row.id } })
  }
  return { place, row: rows[place], to, next: () => to(place + 1), previous: () => to(place - 1), open, review }
}
