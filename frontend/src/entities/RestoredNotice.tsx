import { formatDateTime } from '@/lib/format'
import type { PersistedInput } from '@/lib/persisted-input'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { offerUndo } from './undo'

/** Say that the fields below were restored, and offer to discard them. */
export function RestoredNotice<T>({ text }: { text: PersistedInput<T> }) {
  const { value, restoredAt, discard, write } = text
  if (restoredAt === null) return null

  function giveUp() {
    discard()
    offerUndo(common.discarded, () => write(value))
  }

  return (
    <Notice button={<Button onPress={giveUp}>{common.discard}</Button>}>
      {common.restored(formatDateTime(new Date(restoredAt).toISOString()))}
    </Notice>
  )
}
