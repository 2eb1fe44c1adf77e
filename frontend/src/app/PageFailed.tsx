import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { Link, type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ApiError, sentenceOf } from '@/api/problem'
import NotFoundPage from '@/pages/NotFoundPage'
import { common } from '@/strings/common'
import { ErrorState } from '@/ui/ErrorState'

/** Replace a page that broke; header and drafts are untouched. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()

  function tryAgain() {
    queries.reset()
    reset()
    void router.invalidate()
  }

  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />
  return (
    <ErrorState
      isPage
      title={common.pageFailed}
      detail={sentenceOf(error)}
      retry={{ label: common.tryAgain, onPress: tryAgain }}
    >
      <Link to="/inbox">{common.backToInbox}</Link>
    </ErrorState>
  )
}
