import { useSyncExternalStore } from 'react'

let text = ''
const listeners = new Set<() => void>()

/** Said by a screen reader when it has time, and seen nowhere. */
export function announce(sentence: string): void {
  text = sentence
  for (const listener of listeners) listener()
}

/** The page's one polite live region. */
export function Announcer() {
  const said = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => text,
  )
  return (
    <div role="status" className="visually-hidden">
      {said}
    </div>
  )
}
