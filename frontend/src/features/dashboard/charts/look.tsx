import styles from './look.module.css'

export const AXIS = {
  tick: { fill: 'var(--muted)', fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: 'var(--line)' },
} as const

export function Legend({ items }: { items: [string, string][] }) {
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
