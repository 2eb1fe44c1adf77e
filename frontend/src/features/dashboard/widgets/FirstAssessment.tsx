import { formatDate, formatDecimal, formatPercent } from '@/lib/format'
import { BarTable } from '../parts/BarTable'
import { ChartWithTable } from '../parts/ChartWithTable'
import { FigureLink } from '../parts/FigureLink'
import { words } from '../strings'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'
import styles from '../parts/Widget.module.css'

export function FirstAssessment({ figures }: { figures: DashboardFigures }) {
  const { target_days: target, whole, weeks } = figures.first_assessment
  const summary = words.firstSummary(formatPercent(whole.in_time_percent), String(target))
  return (
    <Widget title={words.first} summary={summary}>
      <dl className={styles.tiles}>
        <Tile label={words.median}>{days(whole.median_days)}</Tile>
        <Tile label={words.nineOfTen}>{days(whole.nine_of_ten_days)}</Tile>
        <Tile label={words.late}>
          <FigureLink figure={whole.late} label={`${words.first}, ${words.late}`} />
        </Tile>
      </dl>
      <ChartWithTable
        unit={words.answersUnit}
        series={[
          { label: words.inTime, colour: 'var(--chart-1)' },
          { label: words.late, colour: 'var(--chart-2)' },
        ]}
        bars={weeks.map(({ name, count, late }) => ({
          label: formatDate(name),
          values: [count - late.count, late.count],
        }))}
        table={
          <BarTable
            heads={{ row: words.week, more: [words.late, words.median] }}
            rows={weeks.map((week) => ({
              key: week.name,
              label: formatDate(week.name),
              figure: week,
              more: [<FigureLink key="late" figure={week.late} />, days(week.median_days)],
            }))}
          />
        }
      />
    </Widget>
  )
}

function Tile({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles.tile}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function days(value: string | null): string {
  return value === null ? words.none : words.days(formatDecimal(value))
}
