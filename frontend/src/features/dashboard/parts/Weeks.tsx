import type { ReactNode } from 'react'
import { formatDate } from '@/lib/format'
import { BarTable } from './BarTable'
import { ChartWithTable } from './ChartWithTable'
import { FigureLink } from './FigureLink'
import { words } from '../strings'
import type { Figure } from '../types'

type Shown = Pick<Figure, 'name' | 'count' | 'filter' | 'label'>

interface WeeksProps<Week> {
  weeks: Week[]
  /** What is counted, and in which two parts: the rest, and `partOf` a week. */
  unit: string
  labels: [string, string]
  partOf: (week: Week) => Shown
  countHead?: string
  more?: { head: string; of: (week: Week) => ReactNode }
}

/** Show the figures of weeks, each with the part of it that asks for attention. */
export function Weeks<Week extends Shown>({ weeks, unit, labels, partOf, countHead, more }: WeeksProps<Week>) {
  const heads = [labels[1], ...(more ? [more.head] : [])]
  return (
    <ChartWithTable
      unit={unit}
      series={labels.map((label, place) => ({ label, colour: `var(--chart-${place + 1})` }))}
      bars={weeks.map((week) => ({
        label: formatDate(week.name),
        values: [week.count - partOf(week).count, partOf(week).count],
      }))}
      table={
        <BarTable
          heads={{ row: words.week, more: heads }}
          countHead={countHead}
          rows={weeks.map((week) => ({
            label: formatDate(week.name),
            figure: week,
            more: [
              <FigureLink key="part" figure={partOf(week)} label={`${formatDate(week.name)}, ${labels[1]}`} />,
              ...(more ? [more.of(week)] : []),
            ],
          }))}
        />
      }
    />
  )
}
