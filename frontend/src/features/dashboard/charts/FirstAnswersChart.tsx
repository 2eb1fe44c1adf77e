import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { formatDate } from '@/lib/format'
import { words } from '../strings'
import type { FirstAnswers } from '../types'
import { AXIS, Legend } from './look'

/** First answers by week, in time and late, one on the other. */
export default function FirstAnswersChart({ weeks }: { weeks: FirstAnswers[] }) {
  const rows = weeks.map((week) => ({
    week: formatDate(week.name),
    inTime: week.count - week.late.count,
    late: week.late.count,
  }))
  return (
    <>
      <Legend items={[[words.inTime, 'var(--chart-1)'], [words.late, 'var(--chart-2)']]} />
      <ResponsiveContainer width="100%" height={160}>
        <BarChart data={rows} accessibilityLayer={false} margin={{ left: 0, right: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="week" {...AXIS} minTickGap={24} />
          <YAxis allowDecimals={false} width={32} {...AXIS} />
          <Bar dataKey="inTime" stackId="a" fill="var(--chart-1)" isAnimationActive={false} />
          <Bar dataKey="late" stackId="a" fill="var(--chart-2)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </>
  )
}
