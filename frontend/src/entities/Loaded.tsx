import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Skeleton } from '@/ui/Skeleton'
import { PartFailed } from './PartFailed'

interface LoadedProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>
  /** As high as what is loading. */
  lines?: number
  children: (data: Data) => ReactNode
}

/** Show what was read, also when it could not be read again; before that hold its place, or say why it failed. */
export function Loaded<Data>({ query: { data, error, refetch }, lines, children }: LoadedProps<Data>) {
  if (data !== undefined) return children(data)
  return error ? <PartFailed error={error} retry={refetch} /> : <Skeleton lines={lines} />
}
