import { CircleCheck, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { Recommendation } from '@/api/schema'
import { Badge, type Tone } from '@/ui/Badge'
import { recommendationWords } from './strings'

const LOOKS: Record<Recommendation, [LucideIcon, Tone]> = {
  BID: [CircleCheck, 'good'],
  CONDITIONAL: [TriangleAlert, 'warning'],
  NO_BID: [CircleX, 'bad'],
}

export function RecommendationBadge({ recommendation }: { recommendation: Recommendation }) {
  const [Icon, tone] = LOOKS[recommendation]
  return (
    <Badge tone={tone} icon={<Icon size={14} />}>
      {recommendationWords[recommendation]}
    </Badge>
  )
}
