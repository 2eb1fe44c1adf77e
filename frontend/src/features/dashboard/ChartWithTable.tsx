import { lazy, type ReactNode, Suspense } from 'react'
import { common } from '@/strings/common'
import { Skeleton } from '@/ui/Skeleton'
import type { StackedBarsProps } from './charts/StackedBars'
import styles from './Dashboard.module.css'
import { words } from './strings'

// Charts are heavy, and the figures stand in the table as well.
const StackedBars = lazy(() => import('./charts/StackedBars'))

/** The picture, and the same rows to read and to follow. */
export function ChartWithTable({ table, ...chart }: StackedBarsProps & { table: ReactNode }) {
  return (
    <>
      <div className={styles.chart} aria-hidden>
        <Suspense fallback={<Skeleton label={common.loading} />}>
          <StackedBars {...chart} />
        </Suspense>
      </div>
      <details>
        <summary>{words.showTable}</summary>
        {table}
      </details>
    </>
  )
}
