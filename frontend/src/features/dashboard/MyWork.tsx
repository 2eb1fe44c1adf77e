import { narrowedBy } from './filter'
import { RowList } from './RowList'
import { words } from './strings'
import { Tiles } from './Tiles'
import type { WidgetProps } from './types'
import { Widget } from './Widget'

export function MyWork({ figures, filter }: WidgetProps) {
  return (
    <Widget title={words.myWork}>
      <Tiles figures={figures.my_work} />
      <h3>{words.nextDue}</h3>
      <RowList
        label={words.nextDue}
        filter={{ ...narrowedBy(filter), tab: ['my_queue'] }}
        ordering="due_at"
        isOwn
        nothing={words.nextDueNone}
      />
    </Widget>
  )
}
