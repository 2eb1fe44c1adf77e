import type { AvailableAction, OpportunityDetail } from '@/api/types'
import type { components } from '@/api/schema'
import { CapList } from '@/entities/opportunity/CapList'
import { RecommendationBadge } from '@/entities/opportunity/RecommendationBadge'
import { formatDecimal } from '@/lib/format'
import { ActionBar } from '../actions/ActionBar'
import styles from './DecisionPanel.module.css'
import { decisionWords } from '../strings'

type Version = components['schemas']['Version']

interface DecisionPanelProps {
  opportunity: OpportunityDetail
  /** What was submitted. */
  version: Version
  ownReason: string
  confidence: string
  caps: string[]
  reviewComments?: Record<string, string>
  onDone?: (action: AvailableAction['action']) => void
}

/** Show the score's and the SA's recommendation next to the decider's buttons. */
export function DecisionPanel(props: DecisionPanelProps) {
  const { opportunity, version, ownReason, confidence, caps, reviewComments, onDone } = props
  return (
    <section className={styles.panel} aria-labelledby="decision">
      <h2 id="decision">{decisionWords.title}</h2>
      <dl className={styles.views}>
        <div>
          <dt>{decisionWords.computed}</dt>
          <dd>
            {formatDecimal(version.score)} <Word of={version.recommendation} />
          </dd>
        </div>
        <div>
          <dt>{decisionWords.own}</dt>
          <dd>
            <Word of={version.sa_recommendation} />
          </dd>
        </div>
        <div>
          <dt>{decisionWords.confidence}</dt>
          <dd>{confidence}</dd>
        </div>
      </dl>
      {ownReason && (
        <p>
          {decisionWords.ownReason}: {ownReason}
        </p>
      )}
      {caps.length > 0 && <CapList caps={caps} />}
      <ActionBar
        opportunity={opportunity}
        isDeciding
        computed={version.recommendation}
        reviewComments={reviewComments}
        onDone={onDone}
      />
    </section>
  )
}

function Word({ of }: { of: Version['recommendation'] }) {
  return of ? <RecommendationBadge recommendation={of} /> : decisionWords.none
}
