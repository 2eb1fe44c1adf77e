import type { SavedView } from '@/api/types'
import { offerUndo } from '@/entities/undo'
import { PREFIX } from '@/lib/prefix'
import { copy } from '@/ui/copy'
import { useChangeView, useRemoveView, useSaveView } from './mutations'
import { strings } from './strings'

/** Return what a view's menu does, by entry. */
export function useViewActions(view: SavedView) {
  const change = useChangeView()
  const save = useSaveView()
  const remove = useRemoveView(() => offerUndo(strings.removed(view.name), () => save.mutate(asNew(view))))
  const become = (changed: Parameters<typeof change.mutate>[0]['change']) =>
    change.mutate({ view, change: changed })
  const actions: Record<string, () => void> = {
    link: () => void copyLink(view),
    share: () => become({ is_shared: !view.is_shared }),
    start: () => become({ is_default: !view.is_default }),
    remove: () => remove.mutate(view),
  }
  return (id: string) => actions[id]?.()
}

function asNew({ name, query, columns, is_shared, is_default }: SavedView) {
  return { name, query, columns: columns as never, is_shared, is_default }
}

/** Copy the view's link, which opens the view as it is then. */
function copyLink({ id, is_shared: isShared }: SavedView): Promise<void> {
  const link = `${location.origin}${PREFIX}/inbox?view=${id}`
  return copy(link, isShared ? strings.copied : strings.copiedPrivate, strings.link(link))
}
