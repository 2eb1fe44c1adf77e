import { narrowedBy } from './filter'
import { RowList } from './RowList'
import { words } from './strings'
import type { WidgetProps } from './types'
import { Widget } from './Widget'

const DECIDED = ['BID', 'CONDITIONAL', 'NO_BID']

export function RecentDecisions({ filter }: WidgetProps) {
  return (
    <Widget title={words.recent}>
      <RowList
        label={words.recent}
        filter={{ ...narrowedBy(filter), decision: DECIDED }}
        ordering="-decided_at"
        isDecided
        nothing={words.recentNone}
      />
    </Widget>
  )
}
