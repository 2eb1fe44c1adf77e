import { api, unwrap } from '@/api/client'
import { useIdempotencyKey } from '@/api/idempotency'
import { useApiMutation } from '@/api/mutation'

interface CommentOrder {
  text: string
  mentions: string[]
  reply_to?: string
}

/** Send a comment; sent again after no answer came, it is stored once. */
export function useComment(id: string) {
  const { keyOf, forget } = useIdempotencyKey()
  return useApiMutation(
    (body: CommentOrder) =>
      unwrap(
        api.POST('/api/opportunities/{id}/comments', {
          params: { path: { id }, header: { 'Idempotency-Key': keyOf(JSON.stringify(body)) } },
          body,
        }),
      ),
    { opportunityId: id, isErrorInPlace: true, onSuccess: forget },
  )
}
