import {
  Circle,
  CircleCheck,
  CircleDot,
  CircleMinus,
  CirclePause,
  CircleX,
  Contrast,
  type LucideIcon,
  PieChart,
  TriangleAlert,
  Undo2,
} from 'lucide-react'
import type { WorkflowStatus } from '@/api/types'
import { Badge, type Tone } from '@/ui/Badge'
import { statusWords } from './strings'

const LOOKS: Record<WorkflowStatus, [LucideIcon, Tone]> = {
  NEW: [Circle, 'new'],
  ASSIGNED: [CircleDot, 'new'],
  IN_ASSESSMENT: [Contrast, 'assessing'],
  IN_REVIEW: [PieChart, 'reviewing'],
  RETURNED: [Undo2, 'warning'],
  CONDITIONAL: [TriangleAlert, 'warning'],
  APPROVED: [CircleCheck, 'good'],
  NO_BID: [CircleX, 'bad'],
  ON_HOLD: [CirclePause, 'warning'],
  CLOSED_IN_CRM: [CircleMinus, 'muted'],
}

export function StatusBadge({ status }: { status: WorkflowStatus }) {
  const [Icon, tone] = LOOKS[status]
  return (
    <Badge tone={tone} icon={<Icon size={14} />}>
      {statusWords[status]}
    </Badge>
  )
}
