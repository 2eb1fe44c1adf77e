import { common } from '@/strings/common'
import { toast } from '@/ui/Toast'

/** Said after something went at a press of a button; it stays until it is closed. */
export function offerUndo(text: string, undo: () => void): void {
  toast({ kind: 'done', text, action: { label: common.undo, onPress: undo } })
}
