import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { sentenceOf } from '@/api/problem'
import { fieldsQuery } from '@/api/queries'
import { setCatalogue } from '@/entities/opportunity/catalogue'
import { AccountMenu } from '@/features/session/AccountMenu'
import { useMe } from '@/features/session/session'
import { SignInAgainDialog } from '@/features/session/SignInAgainDialog'
import { SignOutDialog } from '@/features/session/SignOut'
import { SyncStatusBanner } from '@/features/sync/SyncStatusBanner'
import { common } from '@/strings/common'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { Nav } from './Nav'
import { OfflineBar } from './OfflineBar'
import { PaletteButton } from './palette/PaletteButton'
import styles from './Shell.module.css'
import { ThemeMenu } from './ThemeMenu'

export function Shell() {
  const main = useRef<HTMLElement>(null)
  const { rights } = useMe()
  useFocusOnNewPage(main)
  return (
    <>
      <a href="#main" className={styles.skip} data-screen-only>
        {common.skipToContent}
      </a>
      <header className={styles.header} data-screen-only>
        <span className={styles.product}>{common.product}</span>
        {rights.read && <Nav />}
        <div className={styles.right}>
          {rights.read && <PaletteButton />}
          <ThemeMenu />
          <AccountMenu />
        </div>
      </header>
      <OfflineBar />
      {rights.follow_syncs && (
        <SyncStatusBanner
          mayStart={rights.start_sync}
          rejectedUrl={rights.use_admin ? '/admin/sync/rejectedrecord/' : null}
        />
      )}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {rights.read ? (
          <WithCatalogue>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </WithCatalogue>
        ) : (
          <EmptyState title={common.noRole} />
        )}
      </main>
      <SignInAgainDialog />
      <SignOutDialog />
    </>
  )
}

/** Show a page once the labels it needs are known. */
function WithCatalogue({ children }: { children: ReactNode }) {
  const { data, error, isPending, refetch } = useQuery(fieldsQuery)
  if (isPending) return <PageSkeleton />
  if (data === undefined) {
    const retry = { label: common.tryAgain, onPress: () => void refetch() }
    return <ErrorState isPage title={common.pageFailed} detail={sentenceOf(error)} retry={retry} />
  }
  setCatalogue(data)
  return children
}

function PageSkeleton() {
  return <Skeleton lines={8} label={common.loading} />
}

/** Move the focus to a new page, as a browser does with a new document. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path, main])
}
