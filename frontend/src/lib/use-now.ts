import { useEffect, useState } from 'react'
import { now, onClockSet } from './clock'

/** Return the time, renewed every `ms`, for ages that grow on the page. */
export function useNow(ms: number): number {
  const [time, setTime] = useState(now)
  useEffect(() => {
    const renew = () => setTime(now())
    const timer = setInterval(renew, ms)
    const stop = onClockSet(renew)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [ms])
  return time
}
