import { Eye, EyeOff } from 'lucide-react'
import type { OpportunityDetail } from '@/api/types'
import { useShortcutsPreference } from '@/entities/preferences/preferences'
import { useCommands } from '@/lib/commands'
import { useShortcuts } from '@/lib/shortcuts'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/Toast'
import { pageWords } from '../strings'
import { useWatch } from './actions'

const KEY = 'w'

/** Let anyone who sees an opportunity get its notices. */
export function WatchButton({ opportunity }: { opportunity: OpportunityDetail }) {
  const { is_watched: isWatched } = opportunity
  const [areKeysOn] = useShortcutsPreference()
  const done = isWatched ? pageWords.notWatched : pageWords.watched
  const watch = useWatch(opportunity, () => toast({ kind: 'done', text: done }))
  const label = isWatched ? pageWords.stopWatching : pageWords.watch
  const run = () => watch.mutate()
  useShortcuts({ [KEY]: run }, areKeysOn)
  useCommands([{ id: 'watch', label, keys: KEY, run }])
  const Icon = isWatched ? EyeOff : Eye
  return (
    <Button isPending={watch.isPending} onPress={run}>
      <Icon size={14} aria-hidden /> {label}
    </Button>
  )
}
