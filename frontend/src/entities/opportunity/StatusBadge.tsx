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
import { Badge } from '@/ui/Badge'
import { stateLabel, stateTone } from './catalogue'

const ICONS: Record<WorkflowStatus, LucideIcon> = {
  NEW: Circle,
  ASSIGNED: CircleDot,
  IN_ASSESSMENT: Contrast,
  IN_REVIEW: PieChart,
  RETURNED: Undo2,
  CONDITIONAL: TriangleAlert,
  APPROVED: CircleCheck,
  NO_BID: CircleX,
  ON_HOLD: CirclePause,
  CLOSED_IN_CRM: CircleMinus,
}

export function StatusBadge({ status }: { status: WorkflowStatus }) {
  const Icon = ICONS[status]
  return (
    <Badge tone={stateTone(status)} icon={<Icon size={14} />}>
      {stateLabel(status)}
    </Badge>
  )
}
