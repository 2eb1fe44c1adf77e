import { Download } from 'lucide-react'
import { useApiMutation } from '@/api/mutation'
import { useCommands } from '@/lib/commands'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import { toast } from '@/ui/Toast'
import type { Column } from '../layout/columns'
import { exportList, type ExportKind } from './exporting'
import type { InboxSearch } from '../filtering/search'
import { strings } from '../strings'

const ENTRIES = [
  { id: 'csv', label: strings.exportAs.csv },
  { id: 'xlsx', label: strings.exportAs.xlsx },
]

/** Export the list with its filters, order and columns. */
export function ExportMenu({ search, columns }: { search: InboxSearch; columns: Column[] }) {
  const exporting = useApiMutation((kind: ExportKind) => exportList(kind, search, columns), {
    onSuccess: (name) => toast({ kind: 'done', text: strings.exported(name) }),
  })
  const run = (id: string) => exporting.mutate(id === 'xlsx' ? 'xlsx' : 'csv')
  useCommands(
    ENTRIES.map(({ id, label }) => ({ id, label: strings.exportTo(label), run: () => run(id) })),
  )
  return (
    <Menu
      label={strings.export}
      trigger={
        <Button isPending={exporting.isPending}>
          <Download size={14} aria-hidden />
          {strings.export}
        </Button>
      }
      entries={ENTRIES}
      onAction={run}
    />
  )
}
