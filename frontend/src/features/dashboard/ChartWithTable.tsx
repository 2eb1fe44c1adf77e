import type { ReactNode } from 'react'
import { lazyPart } from '@/entities/release/lazily'
import { common } from '@/strings/common'
import { Skeleton } from '@/ui/Skeleton'
import type { StackedBarsProps } from './charts/StackedBars'
import styles from './Dashboard.module.css'
import { words } from './strings'

// Charts are heavy, and the figures stand in the table as well.
const StackedBars = lazyPart(
  () => import('./charts/StackedBars'),
  <Skeleton label={common.loading} />,
)

/** The picture, and the same rows to read and to follow. */
export function ChartWithTable({ table, ...chart }: StackedBarsProps & { table: ReactNode }) {
  return (
    <>
      <div className={styles.chart}>
        <StackedBars {...chart} />
      </div>
      <details>
        <summary>{words.showTable}</summary>
        {table}
      </details>
    </>
  )
}
