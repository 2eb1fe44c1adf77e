import { CapList } from '@/entities/opportunity/CapList'
import { formatDecimal } from '@/lib/format'
import styles from './ScoreDetail.module.css'
import { formWords, scoreWords } from '../strings'
import type { Content, Scoring } from '../types'

/** Show the group scores and the limits on the recommendation. */
export function ScoreDetail({ scoring, content }: { scoring: Scoring; content: Content }) {
  return (
    <div className={styles.detail}>
      <h3>{scoreWords.groups}</h3>
      <dl className={styles.groups}>
        {content.groups.map((group) => (
          <div key={group.code}>
            <dt>{formWords.group(group)}</dt>
            <dd>{formatDecimal(scoring.group_scores[group.code] ?? null)}</dd>
          </div>
        ))}
      </dl>
      <h3>{scoreWords.caps}</h3>
      {scoring.caps.length === 0 ? (
        <p className={styles.none}>{scoreWords.noCaps}</p>
      ) : (
        <CapList caps={scoring.caps.map((cap) => cap.sentence)} />
      )}
    </div>
  )
}
