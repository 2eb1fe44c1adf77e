import type { SavedView } from '@/api/types'
import { strings } from './strings'

/** Describe a view by its owner, or one's own by its marks. */
export function describe(view: SavedView): string {
  if (!view.is_mine) return strings.by(view.owner.name)
  const marks = [view.is_default && strings.isDefault, view.is_shared && strings.shared]
  return marks.filter(Boolean).join(', ')
}
