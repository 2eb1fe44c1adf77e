import type { SavedView } from '@/api/types'
import { offerUndo } from '@/entities/undo'
import { toast } from '@/ui/Toast'
import { useChangeView, useRemoveView, useSaveView } from './queries'
import { strings } from './strings'

/** What a view's own menu does, by the names of its entries. */
export function useViewActions(view: SavedView) {
  const change = useChangeView()
  const remove = useRemoveView()
  const save = useSaveView()
  const become = (changed: Parameters<typeof change.mutate>[0]['change']) =>
    change.mutate({ view, change: changed })
  const actions: Record<string, () => void> = {
    link: () => void copyLink(view),
    share: () => become({ is_shared: !view.is_shared }),
    start: () => become({ is_default: !view.is_default }),
    remove: () =>
      remove.mutate(view, {
        onSuccess: () => offerUndo(strings.removed(view.name), () => save.mutate(asNew(view))),
      }),
  }
  return (id: string) => actions[id]?.()
}

function asNew({ name, query, columns, is_shared, is_default }: SavedView) {
  return { name, query, columns: columns as never, is_shared, is_default }
}

/** It opens the view as it is then, not as it is now. */
async function copyLink({ id, is_shared: isShared }: SavedView): Promise<void> {
  const link = `${location.origin}/inbox?view=${id}`
  try {
    await navigator.clipboard.writeText(link)
    toast({ kind: 'done', text: isShared ? strings.copied : strings.copiedPrivate })
  } catch {
    // Some browsers keep the clipboard to themselves.
    toast({ kind: 'failed', text: strings.link(link) })
  }
}
