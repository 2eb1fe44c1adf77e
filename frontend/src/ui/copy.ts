import { toast } from './Toast'

/** Put a text on the clipboard and say so; say otherwise where the browser keeps it to itself, or has none without TLS. */
export async function copy(text: string, done: string, otherwise: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast({ kind: 'done', text: done })
  } catch {
    toast({ kind: 'failed', text: otherwise })
  }
}
