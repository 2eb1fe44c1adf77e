import { useEffect, useRef } from 'react'

export type Shortcuts = Record<string, () => void>

const WRITING = 'input:not([type=checkbox]), textarea, select, [contenteditable]'
const ELSEWHERE = '[role=dialog], [role=menu], [role=listbox]'

/** Run single keys while nobody types or chooses elsewhere; `isOn` is the person's switch. */
export function useShortcuts(shortcuts: Shortcuts, isOn: boolean): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    if (!isOn) return
    const press = (event: KeyboardEvent) => {
      const act = latest.current[event.key]
      if (!act || !isShortcut(event)) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isOn])
}

function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false
  const target = event.target as Element
  if (target.closest(WRITING) || document.querySelector(ELSEWHERE)) return false
  // Enter on a link or a button is theirs.
  return event.key !== 'Enter' || !target.closest('a, button, input')
}
