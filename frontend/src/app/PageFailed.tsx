import { Link, type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ApiError, sentenceOf } from '@/api/problem'
import NotFoundPage from '@/pages/NotFoundPage'
import { common } from '@/strings/common'
import { ErrorState } from '@/ui/ErrorState'

/** In place of a page that broke; header and drafts are untouched. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const id = error instanceof ApiError ? error.requestId : null

  function tryAgain() {
    reset()
    void router.invalidate()
  }

  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />
  return (
    <ErrorState
      isPage
      title={common.pageFailed}
      detail={sentenceOf(error)}
      reference={id && common.reference(id)}
      retry={{ label: common.tryAgain, onPress: tryAgain }}
    >
      <Link to="/inbox">{common.backToInbox}</Link>
    </ErrorState>
  )
}
