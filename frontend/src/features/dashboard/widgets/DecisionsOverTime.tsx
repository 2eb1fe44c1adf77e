import { formatCount, formatMonth, formatPercent } from '@/lib/format'
import { Amounts } from '../parts/Amounts'
import { ChartWithTable } from '../parts/ChartWithTable'
import { FigureLink } from '../parts/FigureLink'
import { FigureTable } from '../parts/FigureTable'
import { words } from '../strings'
import type { DashboardFigures, DecidedMonth } from '../types'
import { Widget } from '../parts/Widget'

const COLOURS: Record<string, string> = {
  BID: 'var(--bid)',
  CONDITIONAL: 'var(--conditional)',
  NO_BID: 'var(--no-bid)',
}

export function DecisionsOverTime({ figures }: { figures: DashboardFigures }) {
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
