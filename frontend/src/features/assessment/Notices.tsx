import { formatDateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import type { Autosave } from './autosave'
import type { Draft } from './draft'
import styles from './Notices.module.css'
import { saveWords } from './strings'

interface NoticesProps {
  autosave: Autosave
  draft: Draft
  restoredAt: number | null
  isTakenOver: boolean
  onEditHere: () => void
}

/** What happened to the draft without the person's doing. */
export function Notices({ autosave, draft, restoredAt, isTakenOver, onEditHere }: NoticesProps) {
  return (
    <div role="status" className={styles.notices}>
      {isTakenOver && (
        <p className={styles.notice}>
          {saveWords.takenOver} <Button onPress={onEditHere}>{saveWords.editHere}</Button>
        </p>
      )}
      {restoredAt !== null && (
        <p className={styles.notice}>
          {saveWords.restored(formatDateTime(new Date(restoredAt).toISOString()))}
        </p>
      )}
      {draft.merged && (
        <p className={styles.notice}>
          {saveWords.merged(draft.merged.by, draft.merged.count)}
          <Button onPress={autosave.dismissMerge}>{saveWords.dismiss}</Button>
        </p>
      )}
    </div>
  )
}
