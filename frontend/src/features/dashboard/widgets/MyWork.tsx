import { listFilterOf } from '../filter'
import { RowList } from '../parts/RowList'
import { words } from '../strings'
import { Tiles } from '../parts/Tiles'
import type { WidgetProps } from '../types'
import { Widget } from '../parts/Widget'

export function MyWork({ figures, filter }: WidgetProps) {
  return (
    <Widget title={words.myWork}>
      <Tiles figures={figures.my_work} />
      <h4>{words.nextDue}</h4>
      <RowList
        label={words.nextDue}
        filter={{ ...listFilterOf(filter), tab: ['my_queue'] }}
        ordering="due_at"
        isOwn
        nothing={words.nextDueNone}
      />
    </Widget>
  )
}
