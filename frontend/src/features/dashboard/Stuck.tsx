import { RowList } from './RowList'
import { narrowedBy, STUCK } from './filter'
import { words } from './strings'
import { Widget } from './Widget'
import type { WidgetProps } from './types'

/** What somebody has to do something with, and nobody did for two days. */
export function Stuck({ filter }: WidgetProps) {
  return (
    <Widget title={words.stuck} summary={words.stuckSummary}>
      <RowList
        label={words.stuck}
        filter={{ ...narrowedBy(filter), ...STUCK }}
        ordering="status_entered_at"
        nothing={words.stuckNone}
      />
    </Widget>
  )
}
