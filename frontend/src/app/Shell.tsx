import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { usePulse } from '@/api/pulse'
import { fieldsQuery } from '@/api/queries'
import { setCatalogue } from '@/entities/opportunity/catalogue'
import { PartFailed } from '@/entities/PartFailed'
import { useArePreferencesKnown, useFormatPreferences, useStartPage } from '@/entities/preferences/preferences'
import { Bell } from '@/features/bell/Bell'
import { AccountMenu } from '@/features/session/AccountMenu'
import { useMe } from '@/features/session/session'
import { SignInAgainDialog } from '@/features/session/SignInAgainDialog'
import { SignOutDialog } from '@/features/session/SignOut'
import { SyncStatusBanner } from '@/features/sync/SyncStatusBanner'
import { setFormats } from '@/lib/format'
import { PREFIX } from '@/lib/prefix'
import { PHONE, useMedia } from '@/lib/use-media'
import { common } from '@/strings/common'
import { EmptyState } from '@/ui/EmptyState'
import { Skeleton } from '@/ui/Skeleton'
import { NAV_ITEMS } from './nav-items'
import { OfflineBar } from './OfflineBar'
import { PaletteButton } from './palette/PaletteButton'
import styles from './Shell.module.css'
import { TabBar } from './TabBar'
import { ThemeMenu } from './ThemeMenu'

export function Shell() {
  const main = useRef<HTMLElement>(null)
  const { rights } = useMe()
  const isPhone = useMedia(PHONE)
  useFocusOnNewPage(main)
  return (
    <>
      <a href="#main" className={styles.skip} data-screen-only>
        {common.skipToContent}
      </a>
      <header className={styles.header} data-screen-only>
        <span className={styles.product}>{common.product}</span>
        {rights.read && !isPhone && <Nav />}
        <div className={styles.right}>
          {rights.read && <PaletteButton />}
          {rights.read && <Bell />}
          <ThemeMenu />
          <AccountMenu />
        </div>
      </header>
      <OfflineBar />
      {rights.follow_syncs && (
        <SyncStatusBanner
          mayStart={rights.start_sync}
          rejectedUrl={rights.use_admin ? `${PREFIX}/admin/sync/rejectedrecord/` : null}
        />
      )}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {rights.read ? (
          <WithCatalogue>
            <Suspense fallback={<PageSkeleton />}>
              <Start />
            </Suspense>
          </WithCatalogue>
        ) : (
          <EmptyState title={common.noRole} />
        )}
      </main>
      {rights.read && isPhone && <TabBar />}
      <SignInAgainDialog />
      <SignOutDialog />
    </>
  )
}

/** Show a page that follows the server, once its labels and how the person likes dates and numbers are known. */
function WithCatalogue({ children }: { children: ReactNode }) {
  usePulse()
  const { data, error, isPending, refetch } = useQuery(fieldsQuery)
  const { format, timeZone } = useFormatPreferences()
  const isKnown = useArePreferencesKnown()
  if (isPending || !isKnown) return <PageSkeleton />
  if (data === undefined) return <PartFailed isPage error={error} retry={refetch} />
  setCatalogue(data)
  setFormats(format, timeZone)
  return children
}

/** Show the page of the address; who comes without one begins where they like to. */
function Start() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [start] = useStartPage()
  const [hasArrived, setArrived] = useState(path !== '/')
  const isLeaving = !hasArrived && path === '/' && start !== '/'
  if (!hasArrived && !isLeaving) setArrived(true)
  return isLeaving ? <Navigate to={start} replace /> : <Outlet />
}

function PageSkeleton() {
  return <Skeleton lines={8} />
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

function Nav() {
  return (
    <nav aria-label={common.navigation} className={styles.nav}>
      {NAV_ITEMS.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          className={styles.link}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
