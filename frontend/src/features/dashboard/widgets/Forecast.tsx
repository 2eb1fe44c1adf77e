import { formatCount, formatDate } from '@/lib/format'
import { BarTable } from '../parts/BarTable'
import { ChartWithTable } from '../parts/ChartWithTable'
import { FigureLink } from '../parts/FigureLink'
import { words } from '../strings'
import type { WidgetProps } from '../types'
import { Widget } from '../parts/Widget'

/** Show the bids due in the coming weeks, and how many are undecided. */
export function Forecast({ figures: { deadlines } }: WidgetProps) {
  const due = deadlines.reduce((sum, { count }) => sum + count, 0)
  const undecided = deadlines.reduce((sum, week) => sum + week.undecided.count, 0)
  return (
    <Widget
      title={words.forecast}
      summary={words.forecastSummary(formatCount(due), formatCount(undecided))}
    >
      <ChartWithTable
        unit={words.bidsUnit}
        series={[
          { label: words.bidDecided, colour: 'var(--chart-1)' },
          { label: words.undecided, colour: 'var(--chart-2)' },
        ]}
        bars={deadlines.map(({ name, count, undecided: open }) => ({
          label: formatDate(name),
          values: [count - open.count, open.count],
        }))}
        table={
          <BarTable
            heads={{ row: words.week, more: [words.undecided] }}
            countHead={words.due}
            rows={deadlines.map((week) => ({
              key: week.name,
              label: formatDate(week.name),
              figure: week,
              more: [
                <FigureLink
                  key="undecided"
                  figure={week.undecided}
                  label={`${formatDate(week.name)}, ${words.undecided}`}
                />,
              ],
            }))}
          />
        }
      />
    </Widget>
  )
}
