import { useMemo } from 'react'
import { usePreference } from '@/entities/preferences/preferences'
import { allColumns } from './columns'
import { columnsOf, defaultLayout, type Layout } from './layout'

export function useLayout() {
  const first = useMemo(() => defaultLayout(), [])
  const [kept, keep] = usePreference('inbox_layout', first)
  const all = useMemo(() => allColumns(), [])
  const layout = useMemo<Layout>(
    () => ({ columns: columnsOf(kept, all), density: kept.density }),
    [kept, all],
  )
  return { kept, keep, layout, all }
}
