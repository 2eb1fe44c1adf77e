import { formatCount } from '@/lib/format'
import { BarTable } from '../parts/BarTable'
import { FigureLink } from '../parts/FigureLink'
import { words } from '../strings'
import type { DashboardFigures, WorkloadOfSa } from '../types'
import { Widget } from '../parts/Widget'

export function LoadPerSa({ figures }: { figures: DashboardFigures }) {
  const { limit, people } = figures.load
  const steps = people[0]?.steps.map((step) => step.label) ?? []
  return (
    <Widget title={words.load} summary={words.loadSummary(formatCount(limit))}>
      <BarTable
        heads={{ row: words.sa2, more: [...steps, words.overdue] }}
        countHead={words.open}
        limit={limit}
        rows={people.map((person) => ({
          key: person.name,
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
