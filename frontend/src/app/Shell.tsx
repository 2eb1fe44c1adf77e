import { Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useRef } from 'react'
import { AccountMenu } from '@/features/session/AccountMenu'
import { useMe } from '@/features/session/session'
import { SignInAgainDialog } from '@/features/session/SignInAgainDialog'
import { SignOutDialog } from '@/features/session/SignOut'
import { SyncStatusBanner } from '@/features/sync/SyncStatusBanner'
import { common } from '@/strings/common'
import { Skeleton } from '@/ui/Skeleton'
import { Nav } from './Nav'
import { OfflineBar } from './OfflineBar'
import { PaletteDoor } from './PaletteDoor'
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
        <Nav />
        <div className={styles.right}>
          <PaletteDoor />
          <ThemeMenu />
          <AccountMenu />
        </div>
      </header>
      <OfflineBar />
      <SyncStatusBanner
        mayStart={rights.start_sync}
        rejectedUrl={rights.use_admin ? '/admin/sync/rejectedrecord/' : null}
      />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Suspense fallback={<Skeleton lines={8} label={common.loading} />}>
          <Outlet />
        </Suspense>
      </main>
      <SignInAgainDialog />
      <SignOutDialog />
    </>
  )
}

/** As a browser does with a new document; the first page is one already. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path, main])
}
