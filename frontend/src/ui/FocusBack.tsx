import { useLayoutEffect, useState } from 'react'

/** What had the focus as an overlay opened, and what had it as the one around that opened. */
interface Place {
  element: Element | null
  behind?: Place
}

const open: Place[] = []

/** Give the focus back as soon as what took it is gone: a key that came before the next frame would be lost. */
export function FocusBack() {
  const [from] = useState<Place>(() => ({ element: document.activeElement, behind: open.at(-1) }))
  useLayoutEffect(() => {
    open.push(from)
    return () => {
      open.splice(open.indexOf(from), 1)
      queueMicrotask(() => giveTo(from))
    }
  }, [from])
  return null
}

/** A menu's entry goes with its menu: then to what the menu was opened from. */
function giveTo({ element, behind }: Place): void {
  if (document.activeElement !== document.body) return
  if (behind && !element?.isConnected) giveTo(behind)
  else if (element instanceof HTMLElement) element.focus()
}
