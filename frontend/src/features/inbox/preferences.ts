import { useCallback, useState } from 'react'
import { readStored, store } from '@/lib/storage'
import { DEFAULT_LAYOUT, type LayoutPreference } from './layout'

/** Kept on this computer; the server's copy follows the person. */
export function useLayoutPreference() {
  return usePreference<LayoutPreference>('inbox_layout', DEFAULT_LAYOUT)
}

export function useShortcutsPreference() {
  return usePreference('shortcuts', true)
}

function usePreference<T>(name: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readStored<T>(name) ?? initial)
  const keep = useCallback(
    (next: T) => {
      setValue(next)
      store(name, next)
    },
    [name],
  )
  return [value, keep]
}
