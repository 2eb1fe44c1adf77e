import { formatDateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Notice, Notices } from '@/ui/Notice'
import type { Autosave } from './autosave'
import type { Draft } from './draft'
import { saveWords } from '../strings'

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
