import { useEffect, useSyncExternalStore } from 'react'
import { useDebounced } from '@/lib/use-debounced'

let text = ''
const listeners = new Set<() => void>()

/** Let screen readers say a sentence when they have time. */
export function announce(sentence: string): void {
  text = sentence
  for (const listener of listeners) listener()
}

/** Announce a sentence once it is stable, not at each key. */
export function useAnnounced(sentence: string | null, quietMs: number): void {
  const settled = useDebounced(sentence, quietMs)
  useEffect(() => {
    if (settled !== null) announce(settled)
  }, [settled])
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
