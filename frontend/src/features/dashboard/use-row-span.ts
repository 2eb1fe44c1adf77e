import { type RefObject, useLayoutEffect } from 'react'

/** Of the rows of the dashboard's grid; Dashboard.module.css has the same. */
const ROW = 4
const GAP = 16

/** As many of the grid's low rows as the part is high: the next one follows under it, not under the tallest. */
export function useRowSpan(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = part.current
    if (!element) return undefined
    const measure = () => {
      const rows = Math.ceil((element.getBoundingClientRect().height + GAP) / ROW)
      element.style.setProperty('--rows', String(rows))
    }
    measure()
    const watching = new ResizeObserver(measure)
    watching.observe(element)
    return () => watching.disconnect()
  }, [part])
}
