import { useEffect, useSyncExternalStore } from 'react'
import { isSignInNeeded, subscribeToSession } from '@/api/session-owner'
import { formatDateTime, formatTime } from '@/lib/format'
import { useNow } from '@/lib/use-now'
import { announce } from '@/ui/Announcer'
import { Button } from '@/ui/Button'
import { Notice, Notices } from '@/ui/Notice'
import type { Autosave } from './autosave'
import { type Draft, isUnsaved } from './draft'
import { elementId } from './DraftContext'
import styles from './SaveState.module.css'
import { saveWords } from '../strings'
import { focusField } from './field-errors'

const SECOND = 1000

export function SaveState({ autosave, draft }: { autosave: Autosave; draft: Draft }) {
  const isSignedOut = useSyncExternalStore(subscribeToSession, isSignInNeeded)
  const now = useNow(SECOND)
  const { halt } = draft
  const words = isSignedOut ? saveWords.signedOut : inWords(draft, autosave.isCopySafe, now)
  const isTrouble = isSignedOut || halt !== null || count(draft.refused) + count(draft.conflicts) > 0
  const [first] = Object.keys({ ...draft.conflicts, ...draft.refused })
  useAnnouncedTrouble(isTrouble ? saveWords.dirty : null)
  return (
    <div className={styles.state} data-trouble={isTrouble || undefined}>
      <span>{words}</span>
      {first !== undefined && (
        <a href={`#${elementId(first)}`} onClick={(event) => focusField(event, first)}>
          {saveWords.show}
        </a>
      )}
      {halt?.kind === 'offline' && !isSignedOut && (
        <Button onPress={() => void autosave.flush()}>{saveWords.tryNow}</Button>
      )}
    </div>
  )
}

function inWords(draft: Draft, isCopySafe: boolean, now: number): string {
  const { halt, sending, refused, conflicts, savedAt } = draft
  if (sending !== null) return saveWords.saving
  if (halt?.kind === 'closed') return `${saveWords.closed} ${halt.sentence} ${saveWords.kept}`
  if (halt?.kind === 'offline') {
    const seconds = Math.max(Math.ceil((halt.retryAt - now) / SECOND), 0)
    return isCopySafe ? saveWords.offline(seconds) : saveWords.offlineUnsafe(seconds)
  }
  if (count(conflicts) > 0) return saveWords.conflicts(count(conflicts))
  if (count(refused) > 0) return saveWords.refused(count(refused))
  if (isUnsaved(draft)) return saveWords.dirty
  return savedAt === null ? saveWords.untouched : saveWords.saved(formatTime(new Date(savedAt)))
}

/** Announce problems only; saving and saved are visible. */
function useAnnouncedTrouble(sentence: string | null) {
  useEffect(() => {
    if (sentence !== null) announce(sentence)
  }, [sentence])
}

function count(record: object): number {
  return Object.keys(record).length
}

interface NoticesProps {
  autosave: Autosave
  draft: Draft
  restoredAt: number | null
  isTakenOver: boolean
  onEditHere: () => void
}

/** Show what happened to the draft without the person's doing. */
export function DraftNotices({ autosave, draft, restoredAt, isTakenOver, onEditHere }: NoticesProps) {
  return (
    <Notices isLive>
      {isTakenOver && (
        <Notice button={<Button onPress={onEditHere}>{saveWords.editHere}</Button>}>
          {saveWords.takenOver}
        </Notice>
      )}
      {restoredAt !== null && (
        <Notice>{saveWords.restored(formatDateTime(new Date(restoredAt).toISOString()))}</Notice>
      )}
      {draft.merged && (
        <Notice button={<Button onPress={autosave.dismissMerge}>{saveWords.dismiss}</Button>}>
          {saveWords.merged(draft.merged.by, draft.merged.count)}
        </Notice>
      )}
    </Notices>
  )
}
