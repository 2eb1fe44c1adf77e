import { useState } from 'react'
import { compareWords, formatCount, formatDecimal, formatMonth, formatPercent } from '@/lib/format'
import { Select } from '@/ui/Select'
import { listFilterOf } from '../filter'
import { flowFinding } from '../findings'
import { Amounts } from '../parts/Amounts'
import { BarTable } from '../parts/BarTable'
import { ChartWithTable } from '../parts/ChartWithTable'
import { FigureLink } from '../parts/FigureLink'
import { FigureTable, Matrix } from '../parts/FigureTable'
import { Question } from '../parts/Question'
import { RowList } from '../parts/RowList'
import { Weeks } from '../parts/Weeks'
import { Widget } from '../parts/Widget'
import { words } from '../strings'
import type { DashboardFigures, DecidedMonth, PracticeAndGeo as Cell, WidgetProps } from '../types'

export function Flow(shown: WidgetProps) {
  return (
    <Question {...words.flow} finding={flowFinding(shown.figures)} picture={<Pipeline {...shown} />}>
      <DecisionsOverTime {...shown} />
      <Funnel {...shown} />
      <Forecast {...shown} />
      <PracticeAndGeo {...shown} />
      <RecentDecisions {...shown} />
    </Question>
  )
}

function Pipeline({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.pipeline}>
      <BarTable
        heads={{ row: words.state, more: [words.value] }}
        rows={figures.pipeline.map((figure) => ({
          figure,
          more: [<Amounts key="value" amounts={figure.values} label={figure.label} shown={1} />],
        }))}
      />
    </Widget>
  )
}

const COLOURS: Record<string, string> = {
  BID: 'var(--bid)',
  CONDITIONAL: 'var(--conditional)',
  NO_BID: 'var(--no-bid)',
}

function DecisionsOverTime({ figures }: { figures: DashboardFigures }) {
  const { decisions: months } = figures
  const outcomes = months[0]?.outcomes ?? []
  const total = (count: (month: DecidedMonth) => number) =>
    formatCount(months.reduce((sum, month) => sum + count(month), 0))
  const summary = words.decisionsSummary(
    total((month) => month.count),
    total((month) => month.overrides.count),
    total((month) => month.unscored.count),
  )
  return (
    <Widget title={words.decisions} summary={summary} isWide>
      <ChartWithTable
        unit={words.decisionsUnit}
        series={outcomes.map(({ name, label }) => ({ label, colour: COLOURS[name] ?? 'var(--muted)' }))}
        bars={months.toReversed().map((month) => ({
          label: formatMonth(month.name),
          values: month.outcomes.map(({ count }) => count),
        }))}
        table={<Table months={months} />}
      />
    </Widget>
  )
}

function Table({ months }: { months: DecidedMonth[] }) {
  const outcomes = months[0]?.outcomes ?? []
  return (
    <FigureTable heads={[words.month, ...outcomes.map(({ label }) => label), words.overrides, words.unscored]}>
      {months.map((month) => (
        <tr key={month.name}>
          <th scope="row">{formatMonth(month.name)}</th>
          {month.outcomes.map((outcome) => (
            <td key={outcome.name}>
              <FigureLink figure={outcome} />{' '}
              {outcome.count > 0 && <Amounts amounts={outcome.values} label={outcome.label} />}
            </td>
          ))}
          <td>
            <FigureLink figure={month.overrides} />{' '}
            {month.override_percent !== null && words.overrideRate(formatPercent(month.override_percent))}
          </td>
          <td>
            <FigureLink figure={month.unscored} />
          </td>
        </tr>
      ))}
    </FigureTable>
  )
}

function Funnel({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.funnel}>
      <BarTable
        heads={{ row: words.step, more: [words.ofAll, words.ofFormer, words.medianDays] }}
        rows={figures.funnel.map((figure) => ({
          figure,
          more: [
            formatPercent(figure.percent_of_all),
            formatPercent(figure.percent_of_former),
            formatDecimal(figure.median_days),
          ],
        }))}
      />
    </Widget>
  )
}

/** Show the bids due in the coming weeks, and how many are undecided. */
function Forecast({ figures: { deadlines } }: WidgetProps) {
  const due = deadlines.reduce((sum, { count }) => sum + count, 0)
  const undecided = deadlines.reduce((sum, week) => sum + week.undecided.count, 0)
  return (
    <Widget
      title={words.forecast}
      summary={words.forecastSummary(formatCount(due), formatCount(undecided))}
    >
      <Weeks
        weeks={deadlines}
        unit={words.bidsUnit}
        labels={[words.bidDecided, words.undecided]}
        partOf={(week) => week.undecided}
        countHead={words.due}
      />
    </Widget>
  )
}

type Shown = keyof typeof words.shown
const OPTIONS = Object.entries(words.shown).map(([value, label]) => ({ value, label }))

function PracticeAndGeo({ figures }: { figures: DashboardFigures }) {
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

const DECIDED = ['BID', 'CONDITIONAL', 'NO_BID']

function RecentDecisions({ filter }: WidgetProps) {
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
