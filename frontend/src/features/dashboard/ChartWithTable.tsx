import { type ReactNode, Suspense } from 'react'
import { common } from '@/strings/common'
import { Skeleton } from '@/ui/Skeleton'
import styles from './Dashboard.module.css'
import { words } from './strings'

/** The picture, and the same rows to read and to follow. */
export function ChartWithTable({ chart, table }: { chart: ReactNode; table: ReactNode }) {
  return (
    <>
      <div className={styles.chart} aria-hidden>
        <Suspense fallback={<Skeleton label={common.loading} />}>{chart}</Suspense>
      </div>
      <details>
        <summary>{words.showTable}</summary>
        {table}
      </details>
    </>
  )
}
