import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { API_ORIGIN } from '@/api/client'
import type { Decision } from '@/api/schema'
import type { OpportunityDetail } from '@/api/types'
import { decisionsQuery, reasonsQuery } from '@/api/queries'
import { Loaded } from '@/entities/Loaded'
import { RecommendationBadge } from '@/entities/opportunity/RecommendationBadge'
import { formatDateTime } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { ConditionLine } from './ConditionLine'
import styles from './DecisionPanel.module.css'
import { decisionWords } from '../strings'

/** List all decisions, newest first, with conditions and record. */
export function Decisions({ opportunity }: { opportunity: OpportunityDetail }) {
  return (
    <section className={styles.panel} aria-labelledby="decisions">
      <h2 id="decisions">{decisionWords.history}</h2>
      <Loaded query={useQuery(decisionsQuery(opportunity.id))}>
        {({ results }) => {
          if (results.length === 0) return <p className={styles.meta}>{decisionWords.nothing}</p>
          return results.map((decision, place) => (
            <DecisionItem key={decision.id} opportunity={opportunity} decision={decision} isLatest={place === 0} />
          ))
        }}
      </Loaded>
    </section>
  )
}

interface DecisionItemProps {
  opportunity: OpportunityDetail
  decision: Decision
  isLatest: boolean
}

function DecisionItem({ opportunity, decision, isLatest }: DecisionItemProps) {
  const { outcome, is_override: isOverride, decided_by: by, decided_at: at, reason } = decision
  const record = `${API_ORIGIN}/opportunities/${opportunity.id}/decision-record`
  const which = isLatest ? '' : `?decision=${decision.id}`
  return (
    <article className={styles.decision}>
      <div className={styles.line}>
        <RecommendationBadge recommendation={outcome} />
        {isOverride && (
          <Badge tone="warning" icon={<TriangleAlert size={14} />}>
            {decisionWords.override}
          </Badge>
        )}
        <span className={styles.meta}>{decisionWords.by(by.name, formatDateTime(at))}</span>
        <a href={record + which}>{decisionWords.record}</a>
        <a href={`${record}.pdf${which}`}>{decisionWords.pdf}</a>
      </div>
      <ReasonLine code={decision.reason_code} reason={reason} />
      {decision.conditions.length > 0 && (
        <ul className={styles.conditions} aria-label={decisionWords.conditions}>
          {decision.conditions.map((condition) => (
            <ConditionLine
              key={condition.id}
              condition={condition}
              opportunity={opportunity}
            />
          ))}
        </ul>
      )}
    </article>
  )
}

function ReasonLine({ code, reason }: { code: string; reason: string }) {
  const reasons = useQuery(reasonsQuery)
  const known = [...(reasons.data?.no_bid ?? []), ...(reasons.data?.override ?? [])]
  const label = known.find((each) => each.code === code)?.label ?? code
  const words = [label, reason].filter(Boolean).join('. ')
  return words ? <p className={styles.reason}>{words}</p> : null
}
