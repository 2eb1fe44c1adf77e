import { useRef } from 'react'

/** Give what is sent a key, the same one until it is known to have arrived. */
export function useIdempotencyKey() {
  const last = useRef<{ sent: string; key: string } | null>(null)
  return {
    keyOf: (sent: string) => {
      if (last.current?.sent !== sent) last.current = { sent, key: newKey() }
      return last.current.key
    },
    forget: () => {
      last.current = null
    },
  }
}

/** Make a key without randomUUID(), which pages without https lack. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')
}
