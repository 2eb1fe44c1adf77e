import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { lazyDialog } from '@/entities/release/lazily'
import { useShortcutsPreference } from '@/entities/preferences/preferences'
import { Button } from '@/ui/Button'
import { Kbd } from '@/ui/Kbd'
import { words } from './palette-strings'
import styles from './PaletteDoor.module.css'
import { useTypedAhead } from './use-typed-ahead'

const Palette = lazyDialog(() => import('./Palette'))

const SETTLED_MS = 2000
const IS_MAC = /mac/i.test(navigator.userAgent)

/** The button always opens it; the keys, while the person's switch for them is on. */
export function PaletteDoor() {
  const [isOpen, setOpen] = useState(false)
  const { typed, type, wait } = useTypedAhead(() => setOpen(false))
  const [areKeysOn] = useShortcutsPreference()
  useEffect(() => {
    if (!areKeysOn) return
    const press = (event: KeyboardEvent) => {
      if (!isMeant(event)) return
      event.preventDefault()
      if (isOpen) setOpen(false)
      else if (isInFront()) open()
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

/** Who presses the keys goes on typing at once: by then it has to be here. */
function loadWhenIdle(): () => void {
  const timer = setTimeout(() => void Palette.preload(), SETTLED_MS)
  return () => clearTimeout(timer)
}

function isMeant({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey
}

/** Where a dialog waits for an answer, nothing opens over it. */
function isInFront(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog]') === null
}
