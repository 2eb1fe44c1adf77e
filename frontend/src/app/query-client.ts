import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '@/api/problem'

const TRIES = 2
const SECOND = 1000

/** What the server refuses it will refuse again; what did not reach it is worth another try. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30 * SECOND,
      retry: (failures, error) => isWorthATry(error) && failures < TRIES,
      retryDelay: (failures, error) => waitOf(error) ?? SECOND * 2 ** failures,
    },
    mutations: { retry: false },
  },
})

function isWorthATry(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 429 || error.status === 503
}

function waitOf(error: unknown): number | null {
  return error instanceof ApiError && error.retryAfter ? error.retryAfter * SECOND : null
}
