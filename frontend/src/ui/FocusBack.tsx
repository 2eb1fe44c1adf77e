import { useLayoutEffect, useState } from 'react'

/** Give the focus back as soon as what took it is gone: a key that came before the next frame would be lost. */
export function FocusBack() {
  const [from] = useState(() => document.activeElement)
  useLayoutEffect(() => () => queueMicrotask(() => giveTo(from)), [from])
  return null
}

function giveTo(element: Element | null): void {
  const isLost = document.activeElement === document.body
  if (isLost && element instanceof HTMLElement) element.focus()
}
