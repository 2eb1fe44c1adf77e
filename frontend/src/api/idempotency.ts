import { useRef } from 'react'

/** A key for what is sent; again the same one until it is known to have arrived. */
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

/** Not randomUUID(), which a page without https has not. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')
}
