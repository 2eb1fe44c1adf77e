import { useEffect, useState } from 'react'

/** The time, renewed every `ms`: for ages that grow while a page is looked at. */
export function useNow(ms: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), ms)
    return () => clearInterval(timer)
  }, [ms])
  return now
}
