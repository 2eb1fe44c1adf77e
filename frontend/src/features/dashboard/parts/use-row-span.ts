import { type RefObject, useLayoutEffect } from 'react'

/** Span as many of the grid's low rows as the widget is high, so that the next follows right under it.
 * Between them it leaves what is between the columns. */
export function useRowSpan(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = part.current
    if (!element?.parentElement) return undefined
    // It lives, so that it knows of another width.
    const grid = getComputedStyle(element.parentElement)
    const measure = () => {
      const row = Number.parseFloat(grid.gridAutoRows)
      const rows = Math.ceil((element.getBoundingClientRect().height + Number.parseFloat(grid.columnGap)) / row)
      // On a narrow page the rows are as high as what is in them.
      if (rows > 0) element.style.setProperty('--rows', String(rows))
    }
    measure()
    const watching = new ResizeObserver(measure)
    watching.observe(element)
    return () => watching.disconnect()
  }, [part])
}
