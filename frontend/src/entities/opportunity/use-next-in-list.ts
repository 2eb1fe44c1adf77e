import { useQuery } from '@tanstack/react-query'
import { opportunitiesQuery } from '@/api/queries'

const MOST_LOOKED_AT = 100

/** Return the row after this one in the list by due date, else the first other one. */
export function useNextInList(id: string, filter: Record<string, string>) {
  const { data } = useQuery(opportunitiesQuery({ ...filter, ordering: ['due_at'], page_size: MOST_LOOKED_AT }))
  const rows = data?.results ?? []
  const place = rows.findIndex((row) => row.id === id)
  const next = rows[place + 1] ?? rows.find((row) => row.id !== id)
  return { next, isLoaded: data !== undefined }
}
