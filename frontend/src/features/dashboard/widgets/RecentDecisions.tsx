import { listFilterOf } from '../filter'
import { RowList } from '../parts/RowList'
import { words } from '../strings'
import type { WidgetProps } from '../types'
import { Widget } from '../parts/Widget'

const DECIDED = ['BID', 'CONDITIONAL', 'NO_BID']

export function RecentDecisions({ filter }: WidgetProps) {
  return (
    <Widget title={words.recent}>
      <RowList
        label={words.recent}
        filter={{ ...listFilterOf(filter), decision: DECIDED }}
        ordering="-decided_at"
        isDecided
        nothing={words.recentNone}
      />
    </Widget>
  )
}
