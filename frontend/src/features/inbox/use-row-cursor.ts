import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Opportunity } from '@/api/types'

// Coming back from a row, the cursor is where it was left.
let lastOpened = ''

export function rememberOpened(id: string): void {
  lastOpened = id
}

/** The row that single keys act on; none before the first of them. */
export function useRowCursor(rows: Opportunity[], from: string) {
  const navigate = useNavigate()
  const [id, setId] = useState(lastOpened)
  const place = rows.findIndex((row) => row.id === id)
  const to = (next: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, next))]
    if (row) setId(row.id)
  }
  const open = () => {
    if (place < 0) return
    rememberOpened(id)
    void navigate({ to: '/opportunities/$id', params: { id }, search: { from } })
  }
  return { place, row: rows[place], to, next: () => to(place + 1), previous: () => to(place - 1), open }
}
