import { useMemo } from 'react'
import { usePreference } from '@/entities/preferences/preferences'
import { columnsOf, DEFAULT_LAYOUT, type Layout } from './layout'

export function useLayout() {
  const [kept, keep] = usePreference('inbox_layout', DEFAULT_LAYOUT)
  const layout = useMemo<Layout>(
    () => ({ columns: columnsOf(kept), density: kept.density }),
    [kept],
  )
  return { kept, keep, layout }
}
