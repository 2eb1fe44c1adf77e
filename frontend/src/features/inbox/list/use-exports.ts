import { useApiMutation } from '@/api/mutation'
import { toast } from '@/ui/Toast'
import type { Column } from '../layout/columns'
import { exportList, type ExportKind } from './exporting'
import type { InboxSearch } from '../filtering/search'
import { strings } from '../strings'

const KINDS: ExportKind[] = ['csv', 'xlsx']

/** Offer to export the list with its filters, order and columns. */
export function useExports(search: InboxSearch, columns: Column[]) {
  const exporting = useApiMutation((kind: ExportKind) => exportList(kind, search, columns), {
    onSuccess: (name) => toast({ kind: 'done', text: strings.exported(name) }),
  })
  const entries = KINDS.map((id) => ({ id, label: strings.exportAs[id], run: () => exporting.mutate(id) }))
  return { entries, isPending: exporting.isPending }
}
