import { useMemo } from 'react'
import { usePreference } from '@/entities/preferences/preferences'
import { allColumns } from './columns'
import { columnsOf, DEFAULT_LAYOUT, type Layout } from './layout'

export function useLayout() {
  const [kept, keep] = usePreference('inbox_layout', DEFAULT_LAYOUT)
  const all = useMemo(() => allColumns(), [])
  const layout = useMemo<Layout>(
    () => ({ columns: columnsOf(kept, all), density: kept.density }),
    [kept, all],
  )
  return { kept, keep, layout, all }
}
