import { useEffect, useRef, useState } from 'react'

const DIALOG = '[role=dialog], [role=alertdialog]'

/** Keep what is typed between asking for a dialog and its box having the focus. */
export function useTypeAhead(onCancel: () => void) {
  const [typed, type] = useState('')
  const isWaiting = useRef(false)
  const cancel = useRef(onCancel)
  useEffect(() => {
    cancel.current = onCancel
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isWaiting.current) return
      isWaiting.current = document.activeElement?.closest(DIALOG) == null
      if (!isWaiting.current) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (event.key === 'Escape') {
        isWaiting.current = false
        cancel.current()
      } else type((before) => withKey(before, event))
    }
    // Before anything else on the page hears of it.
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [])

  function wait() {
    type('')
    isWaiting.current = true
  }

  return { typed, type, wait }
}

function withKey(before: string, { key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (key === 'Backspace') return before.slice(0, -1)
  return key.length > 1 || ctrlKey || metaKey || altKey ? before : before + key
}
