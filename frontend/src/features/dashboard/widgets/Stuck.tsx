import { RowList } from '../parts/RowList'
import { listFilterOf, STUCK } from '../filter'
import { words } from '../strings'
import { Widget } from '../parts/Widget'
import type { WidgetProps } from '../types'

/** Show what has waited two days for its next step. */
export function Stuck({ filter }: WidgetProps) {
  return (
    <Widget title={words.stuck} summary={words.stuckSummary}>
      <RowList
        label={words.stuck}
        filter={{ ...listFilterOf(filter), ...STUCK }}
        ordering="status_entered_at"
        nothing={words.stuckNone}
      />
    </Widget>
  )
}
