import { useMemo } from 'react'
import { columnsOf, type Layout } from './layout'
import { useLayoutPreference } from './preferences'

export function useLayout() {
  const [kept, keep] = useLayoutPreference()
  const layout = useMemo<Layout>(
    () => ({ columns: columnsOf(kept), density: kept.density }),
    [kept],
  )
  return { kept, keep, layout }
}
