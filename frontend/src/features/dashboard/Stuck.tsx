import { useState } from 'react'
import { now as clock } from '@/lib/clock'
import { RowList } from './RowList'
import { narrowedBy, stuckSince } from './filter'
import { words } from './strings'
import { Widget } from './Widget'
import type { WidgetProps } from './types'

/** What somebody has to do something with, and nobody did for two days. */
export function Stuck({ filter }: WidgetProps) {
  const [now] = useState(clock)
  return (
    <Widget title={words.stuck} summary={words.stuckSummary}>
      <RowList
        label={words.stuck}
        filter={{ ...narrowedBy(filter), ...stuckSince(now) }}
        ordering="status_entered_at"
        nothing={words.stuckNone}
      />
    </Widget>
  )
}
