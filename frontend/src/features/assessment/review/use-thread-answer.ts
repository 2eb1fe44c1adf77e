import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { ReviewThread } from '../types'

interface ThreadAnswer {
  text?: string
  state?: ReviewThread['state']
}

/** Send a reply to a review comment, its new state, or both. */
export function useThreadAnswer(opportunityId: string, threadId: string, onDone: () => void) {
  return useApiMutation(
    (body: ThreadAnswer) =>
      unwrap(
        api.POST('/api/opportunities/{id}/review-threads/{thread_id}', {
          params: { path: { id: opportunityId, thread_id: threadId } },
          body,
        }),
      ),
    { opportunityId, isErrorInPlace: true, onSuccess: onDone },
  )
}
