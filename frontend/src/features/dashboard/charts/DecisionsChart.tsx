import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { formatMonth } from '@/lib/format'
import type { DecidedMonth } from '../types'
import { AXIS, Legend } from './look'

const COLOURS = ['var(--chart-3)', 'var(--chart-4)', 'var(--chart-2)']

/** Decisions by month and outcome, the oldest first. */
export default function DecisionsChart({ months }: { months: DecidedMonth[] }) {
  const outcomes = months[0]?.outcomes.map(({ name, label }) => ({ name, label })) ?? []
  const rows = months.toReversed().map((month) => ({
    month: formatMonth(month.name),
    ...Object.fromEntries(month.outcomes.map(({ name, count }) => [name, count])),
  }))
  return (
    <>
      <Legend items={outcomes.map(({ label }, place) => [label, COLOURS[place] ?? 'var(--muted)'])} />
      <ResponsiveContainer width="100%" height={180}>
        <BarChart data={rows} accessibilityLayer={false} margin={{ left: 0, right: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="month" {...AXIS} />
          <YAxis allowDecimals={false} width={32} {...AXIS} />
          {outcomes.map(({ name }, place) => (
            <Bar
              key={name}
              dataKey={name}
              stackId="a"
              fill={COLOURS[place] ?? 'var(--muted)'}
              stroke="var(--panel)"
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </>
  )
}
