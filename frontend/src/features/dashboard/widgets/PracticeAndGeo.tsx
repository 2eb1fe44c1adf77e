import { useState } from 'react'
import { compareWords, formatDecimal } from '@/lib/format'
import { Select } from '@/ui/Select'
import { Amounts } from '../parts/Amounts'
import { FigureLink } from '../parts/FigureLink'
import { Matrix } from '../parts/Matrix'
import { words } from '../strings'
import type { DashboardFigures, PracticeAndGeo as Cell } from '../types'
import { Widget } from '../parts/Widget'

type Shown = keyof typeof words.shown
const OPTIONS = Object.entries(words.shown).map(([value, label]) => ({ value, label }))

export function PracticeAndGeo({ figures }: { figures: DashboardFigures }) {
  const [shown, show] = useState<Shown>('count')
  const cells = figures.practice_and_geo
  const practices = [...new Set(cells.map((cell) => cell.practice ?? words.none))].toSorted(compareWords)
  const geos = [...new Set(cells.map((cell) => cell.geo ?? words.none))].toSorted(compareWords)
  const rows = practices.map((practice) => ({
    key: practice,
    label: practice,
    cells: geos.map((geo) => {
      const cell = cells.find(
        (each) => (each.practice ?? words.none) === practice && (each.geo ?? words.none) === geo,
      )
      return cell ? <Shown key={geo} cell={cell} shown={shown} /> : words.none
    }),
  }))
  return (
    <Widget
      title={words.matrix}
      isWide
      beside={
        <Select
          label={words.show}
          isLabelHidden
          value={shown}
          options={OPTIONS}
          onChange={(chosen) => show(chosen as Shown)}
        />
      }
    >
      <Matrix corner={words.practice} columns={geos} rows={rows} />
    </Widget>
  )
}

function Shown({ cell, shown }: { cell: Cell; shown: Shown }) {
  if (shown === 'value') return <Amounts amounts={cell.values} label={cell.label} shown={1} />
  if (shown === 'count') return <FigureLink figure={cell} />
  return <FigureLink figure={cell}>{formatDecimal(cell.average_score)}</FigureLink>
}
