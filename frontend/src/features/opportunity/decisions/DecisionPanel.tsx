import type { ReactNode } from 'react'
import type { VersionDetail as Version } from '@/api/schema'
import { CapList } from '@/entities/opportunity/CapList'
import { RecommendationBadge } from '@/entities/opportunity/RecommendationBadge'
import { confidenceWords } from '@/entities/opportunity/strings'
import { formatDecimal } from '@/lib/format'
import styles from './DecisionPanel.module.css'
import { decisionWords } from '../strings'

interface DecisionPanelProps {
  /** What was submitted. */
  version: Version
  /** The decider's buttons, where they stand here. */
  children?: ReactNode
}

/** Show what the score and the SA recommend. */
export function DecisionPanel({ version, children }: DecisionPanelProps) {
  const caps = version.scoring.caps.map((cap) => cap.sentence)
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
          <dd>{version.confidence ? confidenceWords[version.confidence] : '—'}</dd>
        </div>
      </dl>
      {version.sa_reason && (
        <p>
          {decisionWords.ownReason}: {version.sa_reason}
        </p>
      )}
      {caps.length > 0 && <CapList caps={caps} />}
      {children}
    </section>
  )
}

function Word({ of }: { of: Version['recommendation'] }) {
  return of ? <RecommendationBadge recommendation={of} /> : decisionWords.none
}
