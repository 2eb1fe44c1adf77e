import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import styles from './look.module.css'

interface Series {
  label: string
  colour: string
}

export interface StackedBarsProps {
  /** What is counted, and by what. */
  unit: string
  series: Series[]
  /** One bar each; its values in the order of the series. */
  bars: { label: string; values: number[] }[]
}

/** Draw stacked counts, with a legend where there are several parts. */
export default function StackedBars({ unit, series, bars }: StackedBarsProps) {
  return (
    <>
      <p className={styles.unit}>{unit}</p>
      {series.length > 1 && <Legend items={series.map(({ label, colour }) => [label, colour])} />}
      <div className={styles.bars} aria-hidden>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={bars} accessibilityLayer={false} margin={{ top: 8, left: 0, right: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="label" {...AXIS} interval="equidistantPreserveStart" minTickGap={16} />
            <YAxis allowDecimals={false} width={32} interval={0} {...AXIS} />
            {series.map(({ label, colour }, place) => (
              <Bar
                key={label}
                dataKey={({ values }: StackedBarsProps['bars'][number]) => values[place]}
                stackId="a"
                fill={colour}
                stroke="var(--panel)"
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </>
  )
}

const AXIS = {
  tick: { fill: 'var(--muted)', fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: 'var(--line)' },
} as const

function Legend({ items }: { items: [string, string][] }) {
  return (
    <ul className={styles.legend} aria-hidden>
      {items.map(([label, colour]) => (
        <li key={label}>
          <svg width="10" height="10">
            <rect width="10" height="10" rx="2" fill={colour} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  )
}
