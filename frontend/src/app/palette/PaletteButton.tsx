import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { lazyDialog } from '@/entities/release/lazy-parts'
import { useShortcutsPreference } from '@/entities/preferences/preferences'
import { Button } from '@/ui/Button'
import { Kbd } from '@/ui/Kbd'
import { words } from './strings'
import styles from './PaletteButton.module.css'

const Palette = lazyDialog(() => import('./Palette'))

const SETTLED_MS = 2000
const IS_MAC = /mac/i.test(navigator.userAgent)

/** Open the palette by the button, or by keys while the person has them on. */
export function PaletteButton() {
  const [isOpen, setOpen] = useState(false)
  const { typed, type, wait } = useTypeAhead(() => setOpen(false))
  const [areKeysOn] = useShortcutsPreference()
  useEffect(() => {
    if (!areKeysOn) return
    const press = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return
      event.preventDefault()
      if (isOpen) setOpen(false)
      // Nothing opens over a dialog.
      else if (document.querySelector(DIALOG) === null) open()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  useEffect(loadWhenIdle, [])

  function open() {
    wait()
    setOpen(true)
  }

  return (
    <>
      <Button
        className={styles.door}
        aria-label={words.open}
        aria-keyshortcuts={areKeysOn ? 'Control+K Meta+K' : undefined}
        onPress={open}
      >
        <Search size={14} aria-hidden />
        <span className={styles.words}>{words.open}</span>
        {areKeysOn && (
          <span className={styles.words} aria-hidden>
            <Kbd>{IS_MAC ? words.keys.mac : words.keys.others}</Kbd>
          </span>
        )}
      </Button>
      {isOpen && <Palette typed={typed} onType={type} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Load the palette early: people go on typing right after the keys. */
function loadWhenIdle(): () => void {
  const timer = setTimeout(() => void Palette.preload(), SETTLED_MS)
  return () => clearTimeout(timer)
}

function isShortcut({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey
}

const DIALOG = '[role=dialog], [role=alertdialog]'

/** Keep what is typed between asking for a dialog and its box having the focus. */
function useTypeAhead(onCancel: () => void) {
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
