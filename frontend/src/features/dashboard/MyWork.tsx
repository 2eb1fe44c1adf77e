import { words } from './strings'
import { Tiles } from './Tiles'
import type { DashboardFigures } from './types'
import { Widget } from './Widget'

export function MyWork({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.myWork}>
      <Tiles figures={figures.my_work} />
    </Widget>
  )
}
