import { CircleCheck, CircleDashed, OctagonX, TriangleAlert } from 'lucide-react'
import type { SyncLog } from '@/api/types'
import { Badge, type Tone } from '@/ui/Badge'
import { strings } from './strings'

const LOOKS: Record<SyncLog['status'], { tone: Tone; Icon: typeof CircleCheck }> = {
  RUNNING: { tone: 'new', Icon: CircleDashed },
  SUCCESS: { tone: 'good', Icon: CircleCheck },
  PARTIAL: { tone: 'warning', Icon: TriangleAlert },
  FAILED: { tone: 'bad', Icon: OctagonX },
}

export function RunOutcome({ run }: { run: SyncLog }) {
  const { tone, Icon } = LOOKS[run.is_interrupted ? 'FAILED' : run.status]
  const word = run.is_interrupted ? strings.interruptedStatus : strings.statuses[run.status]
  return (
    <Badge tone={tone} icon={<Icon size={14} />}>
      {word}
    </Badge>
  )
}

export function startedBy({ trigger, user }: SyncLog): string {
  return user?.name ?? strings.triggers[trigger] ?? trigger
}
