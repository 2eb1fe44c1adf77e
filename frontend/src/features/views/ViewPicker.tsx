import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import type { SavedView } from '@/api/types'
import { lazyDialog } from '@/entities/release/lazy-parts'
import { offerUndo } from '@/entities/undo'
import { useCommands } from '@/lib/commands'
import { Button } from '@/ui/Button'
import { Menu, type MenuEntry } from '@/ui/Menu'
import { describe } from './described'
import { shelvesOf, usePins } from './pins'
import { viewsQuery } from '@/api/queries'
import { useChangeView } from './mutations'
import { strings } from './strings'

const SaveViewDialog = lazyDialog(() => import('./SaveViewDialog'))
const ManageViewsDialog = lazyDialog(() => import('./ManageViewsDialog'))

interface ViewPickerProps {
  /** Id of the view the list began with, or blank. */
  current: string
  /** The list as it is: what narrows, sorts and groups, and the columns. */
  query: string
  columns: string[]
  open: (view: SavedView) => void
}

/** Open and save views: filters, order, grouping and columns under a name. */
export function ViewPicker({ current, query, columns, open }: ViewPickerProps) {
  const { data: views = [] } = useQuery(viewsQuery)
  const [dialog, show] = useState<'save' | 'manage' | null>(null)
  const change = useChangeView()
  const { pinned, mine, others } = shelvesOf(views, usePins().ids)
  const inOrder = [...pinned, ...mine, ...others]
  const view = views.find((each) => each.id === current)
  const isChanged = view !== undefined && !isSame(view, query, columns)

  function act(id: string) {
    if (id === 'save' || id === 'manage') return show(id)
    const chosen = views.find((each) => each.id === id)
    if (id === 'reset' && view) return open(view)
    if (id === 'update' && view) return update(view)
    if (chosen) open(chosen)
  }

  function update(before: SavedView) {
    const undo = (kept: SavedView) =>
      change.mutate({ view: kept, change: { query: before.query, columns: before.columns as never } })
    change
      .mutateAsync({ view: before, change: { query, columns: columns as never } })
      .then((kept) => offerUndo(strings.saved(kept.name), () => undo(kept)), () => {})
  }

  useCommands(
    actionsOn(view, isChanged).map(({ id, label }) => ({ id, label, run: () => act(id) })),
  )
  return (
    <>
      <Menu
        label={strings.choose}
        trigger={
          <Button>
            {view ? (isChanged ? strings.changed(view.name) : view.name) : strings.views}
            <ChevronDown size={14} aria-hidden />
          </Button>
        }
        entries={[...inOrder.map(entryOf), ...actionsOn(view, isChanged)]}
        onAction={act}
      />
      {dialog === 'save' && (
        <SaveViewDialog query={query} columns={columns} open={open} onClose={() => show(null)} />
      )}
      {dialog === 'manage' && <ManageViewsDialog onClose={() => show(null)} />}
    </>
  )
}

function isSame(view: SavedView, query: string, columns: string[]): boolean {
  const isOfColumns = view.columns.length === 0 || view.columns.join() === columns.join()
  return isOfColumns && sorted(view.query) === sorted(query)
}

function sorted(query: string): string {
  const parameters = new URLSearchParams(query)
  parameters.sort()
  return parameters.toString()
}

function entryOf(view: SavedView): MenuEntry {
  return { id: view.id, label: view.name, description: describe(view) }
}

function actionsOn(view: SavedView | undefined, isChanged: boolean): MenuEntry[] {
  const changed = view && isChanged ? [{ id: 'reset', label: strings.resetTo(view.name) }] : []
  const mine = view?.is_mine && isChanged ? [{ id: 'update', label: strings.update(view.name) }] : []
  return [
    ...mine,
    ...changed,
    { id: 'save', label: strings.saveAs },
    { id: 'manage', label: strings.manage },
  ]
}
