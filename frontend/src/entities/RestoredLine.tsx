import { formatDateTime } from '@/lib/format'
import type { KeptText } from '@/lib/kept-text'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { offerUndo } from './undo'

/** Above fields that came back as they were left. */
export function RestoredLine<T>({ text }: { text: KeptText<T> }) {
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
