import { type ReactNode, useContext } from 'react'
import { lazyPart } from '@/entities/release/lazy-parts'
import { Skeleton } from '@/ui/Skeleton'
import type { StackedBarsProps } from '../charts/StackedBars'
import styles from '../Dashboard.module.css'
import { words } from '../strings'
import { WidgetTitle } from './Widget'

// Charts are heavy, and the figures stand in the table as well.
const StackedBars = lazyPart(
  () => import('../charts/StackedBars'),
  <Skeleton />,
)

/** Show a chart and the same rows as a table with links. */
export function ChartWithTable({ table, ...chart }: StackedBarsProps & { table: ReactNode }) {
  const title = useContext(WidgetTitle)
  return (
    <>
      <div className={styles.chart}>
        <StackedBars {...chart} />
      </div>
      <details>
        <summary>
          {words.showTable}
          <span className="visually-hidden">: {title}</span>
        </summary>
        {table}
      </details>
    </>
  )
}
