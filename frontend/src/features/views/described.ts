import type { SavedView } from '@/api/types'
import { strings } from './strings'

/** Whose it is, or what is special about one's own. */
export function describe(view: SavedView): string {
  if (!view.is_mine) return strings.by(view.owner.name)
  const said = [view.is_default && strings.isDefault, view.is_shared && strings.shared]
  return said.filter(Boolean).join(', ')
}
