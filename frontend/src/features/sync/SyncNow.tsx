import { ChevronDown } from 'lucide-react'
import { useCommands } from '@/lib/commands'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import { toast } from '@/ui/Toast'
import { useStartSync } from './use-sync'
import { strings } from './strings'

const { kinds } = strings
const ENTRIES = [
  { id: 'INCREMENTAL', label: kinds.INCREMENTAL, description: kinds.INCREMENTAL_why },
  { id: 'FULL', label: kinds.FULL, description: kinds.FULL_why },
] as const

export function SyncNow({ isRunning }: { isRunning: boolean }) {
  const start = useStartSync()

  function choose(id: string) {
    start.mutate(id === 'FULL' ? 'FULL' : 'INCREMENTAL', {
      onSuccess: () => toast({ kind: 'done', text: strings.started }),
    })
  }

  useCommands(
    isRunning
      ? []
      : ENTRIES.map(({ id, label }) => ({ id, label: strings.syncOf(label), run: () => choose(id) })),
  )
  return (
    <Menu
      label={kinds.menu}
      trigger={
        <Button isDisabled={isRunning} isPending={start.isPending}>
          {strings.syncNow}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
      entries={ENTRIES}
      onAction={choose}
    />
  )
}
