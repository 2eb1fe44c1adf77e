import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import styles from './LoadTogether.module.css'
import { Skeleton } from './Skeleton'

interface LoadTogetherProps {
  /** The beginning that the keys of the parts' queries have in common. */
  queryKey: QueryKey
  children: ReactNode
}

/** Show the parts of a page together, so that none pushes another down; a failing one delays nobody. */
export function LoadTogether({ queryKey, children }: LoadTogetherProps) {
  const cache = useQueryClient()
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    if (isReady) return
    function look() {
      if (cache.isFetching({ queryKey, predicate: isFirstTry }) === 0) setReady(true)
    }
    // The parts begin to ask as they are mounted, and there may be nothing to ask.
    const soon = setTimeout(look)
    const stop = cache.getQueryCache().subscribe(look)
    return () => {
      clearTimeout(soon)
      stop()
    }
    // Once ready it hears no more: to be told so at every change of the cache made React give up.
  }, [cache, queryKey, isReady])
  return (
    <>
      {!isReady && <Skeleton lines={8} />}
      <div className={styles.parts} data-waiting={!isReady || undefined}>
        {children}
      </div>
    </>
  )
}

function isFirstTry({ state }: { state: { status: string; fetchFailureCount: number } }): boolean {
  return state.status === 'pending' && state.fetchFailureCount === 0
}
