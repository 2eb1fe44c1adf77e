import { useSyncExternalStore } from 'react'

let text = ''
const listeners = new Set<() => void>()

/** Let screen readers say a sentence when they have time. */
export function announce(sentence: string): void {
  text = sentence
  for (const listener of listeners) listener()
}

/** Render the page's one polite live region. */
export function Announcer() {
  const sentence = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => text,
  )
  return (
    <div role="status" className="visually-hidden">
      {sentence}
    </div>
  )
}
