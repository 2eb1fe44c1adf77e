import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { I18nProvider } from 'react-aria-components'
import { sentenceOf } from '@/api/problem'
import { sessionQuery, useOtherTabs } from '@/features/session/session'
import { strings } from '@/features/session/strings'
import { LOCALE } from '@/lib/locale'
import SignInPage from '@/pages/SignInPage'
import { common } from '@/strings/common'
import { Announcer } from '@/ui/Announcer'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { Toasts } from '@/ui/Toast'
import { queryClient } from './query-client'
import { router } from './router'

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <I18nProvider locale={LOCALE}>
        <Doorway />
        <Announcer />
        <Toasts label={common.notices} closeLabel={common.close} />
      </I18nProvider>
    </QueryClientProvider>
  )
}

/** Show the sign-in until someone is signed in; nothing else is asked of the API before. */
function Doorway() {
  const session = useQuery(sessionQuery)
  useOtherTabs()
  if (session.isPending) return <Skeleton lines={8} />
  if (session.data === undefined) {
    const retry = { label: common.tryAgain, onPress: () => void session.refetch() }
    return <ErrorState title={strings.failed} detail={sentenceOf(session.error)} retry={retry} />
  }
  return session.data === null ? <SignInPage /> : <RouterProvider router={router} />
}
