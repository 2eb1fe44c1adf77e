import { useLayoutEffect } from 'react'

/** Until a dialog that was asked for is there, keys do nothing to what stands behind it. */
export function HoldKeys() {
  useLayoutEffect(() => {
    const hold = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', hold, true)
    return () => window.removeEventListener('keydown', hold, true)
  }, [])
  return null
}
