import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { draftQuery, opportunityKeys } from '@/api/queries'
import { now } from '@/lib/clock'
import { Autosave } from './autosave'
import { isUnsaved, opened } from './draft'
import { copyKey, forgetOldCopies, keepCopy, readCopy, restored } from './local-copy'
import { saveDraft, theirsOf } from './draft-api'
import type { DraftAnswer } from '../types'

/** Keep the draft while its form is open: save it after a pause, on leaving, and when back online. */
export function useDraft(opportunityId: string, userId: string, opening: DraftAnswer) {
  const cache = useQueryClient()
  const [latest, setLatest] = useState(opening)
  function takeAnswer(answer: DraftAnswer, isFirst: boolean) {
    setLatest(answer)
    // The first save has moved the opportunity as well.
    if (isFirst) void cache.invalidateQueries({ queryKey: opportunityKeys.all })
  }

  const [{ autosave, restoredAt }] = useState(() => begin(opportunityId, userId, opening, takeAnswer))
  const draft = useSyncExternalStore(autosave.subscribe, () => autosave.draft)
  const [isTakenOver, setTakenOver] = useState(false)
  useSavingOnLeave(autosave)
  useFreshDraft(opportunityId)
  useSingleTab(copyKey(userId, opportunityId), autosave, () => setTakenOver(true))
  /** Ask anew what is missing; what is typed stays. */
  async function refresh() {
    setLatest(await cache.fetchQuery({ ...draftQuery(opportunityId), staleTime: 0 }))
  }

  return { autosave, draft, latest, restoredAt, isTakenOver, refresh }
}

function begin(
  opportunityId: string,
  userId: string,
  opening: DraftAnswer,
  heard: (answer: DraftAnswer, isFirst: boolean) => void,
) {
  let isBegun = opening.draft !== null
  const key = copyKey(userId, opportunityId)
  forgetOldCopies(now())
  const copy = readCopy(key)
  const theirs = theirsOf(opening.draft, opening.lock_version)
  const draft = copy ? restored(copy, theirs) : opened(theirs.values, theirs.lockVersion)
  const autosave = new Autosave(draft, {
    keep: (typed) => keepCopy(key, typed, now()),
    save: async (changed, lockVersion, isLeaving) => {
      const answer = await saveDraft(opportunityId, opening.content, changed, lockVersion, isLeaving)
      heard(answer, !isBegun)
      isBegun = true
      return theirsOf(answer.draft, answer.lock_version)
    },
  })
  return { autosave, restoredAt: copy && isUnsaved(draft) ? copy.at : null }
}

/** Forget the first answer on leaving: Suspense would show it again for a second. */
function useFreshDraft(opportunityId: string) {
  const cache = useQueryClient()
  useEffect(() => {
    const { queryKey } = draftQuery(opportunityId)
    return () => queueMicrotask(() => cache.removeQueries({ queryKey, type: 'inactive' }))
  }, [cache, opportunityId])
}

function useSavingOnLeave(autosave: Autosave) {
  useEffect(() => {
    autosave.start()
    function saveWhenHidden() {
      if (document.visibilityState === 'hidden') void autosave.flush(true)
    }
    function saveNow() {
      void autosave.flush()
    }
    function askBeforeLosing(event: BeforeUnloadEvent) {
      if (isUnsaved(autosave.draft) && !autosave.isCopySafe) event.preventDefault()
    }
    function saveOnHabit(event: KeyboardEvent) {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      saveNow()
    }
    document.addEventListener('visibilitychange', saveWhenHidden)
    addEventListener('keydown', saveOnHabit)
    addEventListener('online', saveNow)
    addEventListener('beforeunload', askBeforeLosing)
    return () => {
      document.removeEventListener('visibilitychange', saveWhenHidden)
      removeEventListener('keydown', saveOnHabit)
      removeEventListener('online', saveNow)
      removeEventListener('beforeunload', askBeforeLosing)
      void autosave.flush(true)
    }
  }, [autosave])
}

function useSingleTab(key: string, autosave: Autosave, onTakenOver: () => void) {
  const latest = useRef(onTakenOver)
  useEffect(() => {
    const tabs = watchTabs(key, () => {
      void autosave.flush()
      latest.current()
    })
    tabs.takeOver()
    return tabs.close
  }, [key, autosave])
}

interface OtherTabs {
  /** The others stop. */
  takeOver: () => void
  close: () => void
}

/** One draft, one window that edits it: the one that was opened last. */
function watchTabs(key: string, onTakenOver: () => void): OtherTabs {
  if (typeof BroadcastChannel === 'undefined') return { takeOver: () => {}, close: () => {} }
  const channel = new BroadcastChannel(`bqs:${key}`)
  channel.addEventListener('message', onTakenOver)
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
    takeOver: () => channel.postMessage('taken over'),
    close: () => channel.close(),
  }
}
