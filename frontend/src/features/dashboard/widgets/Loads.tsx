import type { Me } from '@/api/types'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { formatCount, formatDecimal, formatPercent } from '@/lib/format'
import { listFilterOf, STUCK } from '../filter'
import { loadFinding } from '../findings'
import { BarTable } from '../parts/BarTable'
import { FigureLink } from '../parts/FigureLink'
import { Matrix } from '../parts/FigureTable'
import { Question } from '../parts/Question'
import { RowList } from '../parts/RowList'
import { Tile, Tiles } from '../parts/Tiles'
import { Weeks } from '../parts/Weeks'
import { Widget } from '../parts/Widget'
import styles from '../parts/Widget.module.css'
import { words } from '../strings'
import type { DashboardFigures, WidgetProps, WorkloadOfSa } from '../types'

export function Loads({ me, ...shown }: WidgetProps & { me: Me }) {
  const isWorking = me.roles.includes('SA') || me.roles.includes('SA lead')
  return (
    <Question {...words.loads} finding={loadFinding(shown.figures)} picture={<LoadPerSa {...shown} />}>
      {isWorking && <MyWork {...shown} />}
      <NeedsAttention {...shown} />
      <Stuck {...shown} />
      <AgeInState {...shown} />
      <FirstAssessment {...shown} />
    </Question>
  )
}

function LoadPerSa({ figures }: { figures: DashboardFigures }) {
  const { limit, people } = figures.load
  const steps = people[0]?.steps.map((step) => step.label) ?? []
  return (
    <Widget title={words.load} summary={words.loadSummary(formatCount(limit))}>
      <BarTable
        heads={{ row: words.sa2, more: [...steps, words.overdue] }}
        countHead={words.open}
        limit={limit}
        rows={people.map((person) => ({
          label: person.count > limit ? `${person.label}, ${words.overLimit}` : person.label,
          figure: person,
          more: [...person.steps, person.overdue].map((figure) => (
            <StepCell key={figure.name} person={person} figure={figure} />
          )),
        }))}
      />
    </Widget>
  )
}

function StepCell({ person, figure }: { person: WorkloadOfSa; figure: WorkloadOfSa['overdue'] }) {
  return <FigureLink figure={figure} label={`${person.label}, ${figure.label}`} />
}

function MyWork({ figures, filter }: WidgetProps) {
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

/** Show what needs attention, without zeros. */
function NeedsAttention({ figures }: { figures: DashboardFigures }) {
  const waiting = figures.attention.filter((figure) => figure.count > 0)
  return (
    <Widget title={words.attention} summary={waiting.length === 0 ? words.attentionNone : undefined}>
      {waiting.length > 0 && (
        <BarTable
          heads={{ row: words.reason }}
          rows={waiting.map((figure) => ({ figure }))}
        />
      )}
    </Widget>
  )
}

/** Show what has waited two days for its next step. */
function Stuck({ filter }: WidgetProps) {
  return (
    <Widget title={words.stuck} summary={words.stuckSummary}>
      <RowList
        label={words.stuck}
        filter={{ ...listFilterOf(filter), ...STUCK }}
        ordering="status_entered_at"
        nothing={words.stuckNone}
      />
    </Widget>
  )
}

function AgeInState({ figures }: { figures: DashboardFigures }) {
  const { age } = figures
  const columns = [...new Set(age.map((figure) => figure.label))]
  const states = [...new Set(age.map((figure) => figure.name))]
  const rows = states.map((state) => {
    const label = stateLabel(state)
    const cells = age.filter((figure) => figure.name === state)
    return {
      key: state,
      label,
      cells: cells.map((figure) =>
        figure.count === 0 ? (
          <span key={figure.label} className={styles.muted}>
            0
          </span>
        ) : (
          <FigureLink key={figure.label} figure={figure} label={`${label}, ${figure.label}`} />
        ),
      ),
    }
  })
  return (
    <Widget title={words.age} summary={words.ageSummary}>
      <Matrix corner={words.state} columns={columns} rows={rows} />
    </Widget>
  )
}

function FirstAssessment({ figures }: { figures: DashboardFigures }) {
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
      <Weeks
        weeks={weeks}
        unit={words.answersUnit}
        labels={[words.inTime, words.late]}
        partOf={(week) => week.late}
        more={{ head: words.median, of: (week) => days(week.median_days) }}
      />
    </Widget>
  )
}

function days(value: string | null): string {
  return value === null ? words.none : words.days(formatDecimal(value))
}
