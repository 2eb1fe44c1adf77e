import { RecommendationBadge } from '@/entities/opportunity/RecommendationBadge'
import { formatDecimal } from '@/lib/format'
import styles from './ScoreBar.module.css'
import { scoreWords } from '../strings'
import type { Content, Recommendation, Scoring } from '../types'

/** Show the score as number, word and bar with the edges of the bands. */
export function ScoreBar({ scoring, content }: { scoring: Scoring; content: Content }) {
  const { score, best_case: best, recommendation } = scoring
  return (
    <div className={styles.score} role="group" aria-label={scoreWords.label}>
      <p className={styles.figures}>
        {score === null ? (
          scoreWords.none
        ) : (
          <>
            <strong className={styles.number}>{formatDecimal(score)}</strong>
            {best !== null && best !== score && <span>{scoreWords.upTo(formatDecimal(best))}</span>}
          </>
        )}
        {recommendation && <RecommendationBadge recommendation={recommendation as Recommendation} />}
        <span className={styles.progress}>
          {scoreWords.progress(scoring.answered, scoring.total)}
          {scoring.unknown > 0 && `, ${scoreWords.unknown(scoring.unknown)}`}
        </span>
      </p>
      <Bar score={Number(score ?? 0)} best={Number(best ?? 0)} edges={edgesOf(content)} />
    </div>
  )
}

interface BarProps {
  score: number
  best: number
  edges: number[]
}

function Bar({ score, best, edges }: BarProps) {
  return (
    <svg className={styles.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
      <rect className={styles.track} width="100" height="6" />
      <rect className={styles.best} width={best} height="6" />
      <rect className={styles.value} width={score} height="6" />
      {edges.map((edge) => (
        <rect key={edge} className={styles.edge} x={edge - 0.2} width="0.4" height="6" />
      ))}
    </svg>
  )
}

function edgesOf(content: Content): number[] {
  return content.bands.map((band) => Number(band.start)).filter((start) => start > 0)
}
