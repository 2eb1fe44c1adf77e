import { common } from '@/strings/common'
import { toast } from '@/ui/Toast'

/** Offer to undo a removal; the toast stays until it is closed. */
export function offerUndo(text: string, undo: () => void): void {
  toast({ kind: 'done', text, action: { label: common.undo, onPress: undo } })
}
