import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { RowResult } from '@/api/types'
import { isReversible } from '@/entities/opportunity/catalogue'
import { common } from '@/strings/common'
import { toast } from '@/ui/Toast'

const OFFERED_MS = 10_000

/** Offer to undo a removal; the toast stays until it is closed. */
export function offerUndo(text: string, undo: () => void): void {
  toast({ kind: 'done', text, action: { label: common.undo, onPress: undo } })
}

let closeEarlier = () => {}

/** Offer to undo a change that others see at once: for ten seconds, and only the latest. */
export function offerBriefUndo(text: string, undo: () => void): void {
  closeEarlier()
  closeEarlier = toast({ kind: 'done', text, action: { label: common.undo, onPress: undo }, timeoutMs: OFFERED_MS })
}

/** Return what confirms an action on these opportunities, with Undo where the action has one. */
export function useConfirmAction(): (text: string, action: string, ids: string[]) => void {
  const undo = useApiMutation(
    (ids: string[]) => unwrap(api.POST('/api/opportunities/bulk/undo', { body: { ids } })),
    { stale: ['opportunities', 'dashboard', 'people'], onSuccess: confirmUndone },
  )
  return (text, action, ids) => {
    if (isReversible(action) && ids.length > 0) offerBriefUndo(text, () => undo.mutate(ids))
    else toast({ kind: 'done', text })
  }
}

function confirmUndone(results: RowResult[]): void {
  const refused = results.filter(({ is_done: isDone }) => !isDone)
  const [first] = refused
  if (first) toast({ kind: 'failed', text: common.notUndone(refused.length, first.detail) })
  else toast({ kind: 'done', text: common.undone })
}
