import type { Opportunity } from '@/api/types'
import { formatDecimal } from '@/lib/format'
import { Dash } from '@/ui/Dash'
import { bandLabel } from '@/entities/opportunity/catalogue'
import { strings } from '../../strings'
import styles from './cells.module.css'

export function ScoreCell({ row: { score, best_case, band } }: { row: Opportunity }) {
  if (score === null) return <Dash />
  const hasUnknowns = best_case !== null && best_case !== score
  return (
    <span title={hasUnknowns ? strings.upTo(formatDecimal(best_case)) : undefined}>
      <span className={styles.band}>{band && bandLabel(band)}</span> {formatDecimal(score)}
    </span>
  )
}
