import { MutationCache, QueryClient } from '@tanstack/react-query'
import { ApiError, sentenceOf } from '@/api/problem'
import { toast } from '@/ui/Toast'

const TRIES = 2
const SECOND = 1000

/** What the server refuses it will refuse again; what did not reach it is worth another try. */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error, _order, _before, { meta }) => {
      if (!meta?.isErrorInPlace) toast({ kind: 'failed', text: sentenceOf(error) })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30 * SECOND,
      // The pulse tells what moved meanwhile.
      refetchOnWindowFocus: false,
      retry: (failures, error) => isWorthATry(error) && failures < TRIES,
      retryDelay: (failures, error) => waitOf(error) ?? SECOND * 2 ** failures,
    },
    mutations: { retry: false },
  },
})

function isWorthATry(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true
  // It would take as long again.
  return error.problem.code !== 'took_too_long' && (error.status === 429 || error.status === 503)
}

function waitOf(error: unknown): number | null {
  return error instanceof ApiError && error.retryAfter ? error.retryAfter * SECOND : null
}
