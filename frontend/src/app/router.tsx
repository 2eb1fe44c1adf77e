import {
  createRootRoute,
  createRoute,
  createRouter,
  type SearchSchemaInput,
} from '@tanstack/react-router'
import { lazyPage } from '@/entities/release/lazy-parts'
import { PREFIX } from '@/lib/prefix'
import NotFoundPage from '@/pages/NotFoundPage'
import { PageFailed } from './PageFailed'
import { parseSearch, type PlainSearch, stringifySearch } from './search-params'
import { Shell } from './Shell'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })

/** Take any filter of the list: the server checks them. */
const plainSearch = (search: PlainSearch & SearchSchemaInput): PlainSearch => search

const routeTree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyPage(() => import('@/pages/ForYouPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/dashboard',
    component: lazyPage(() => import('@/pages/DashboardPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/inbox',
    validateSearch: plainSearch,
    component: lazyPage(() => import('@/pages/InboxPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/board',
    validateSearch: plainSearch,
    component: lazyPage(() => import('@/pages/BoardPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/calendar',
    validateSearch: plainSearch,
    component: lazyPage(() => import('@/pages/CalendarPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/compare',
    validateSearch: plainSearch,
    component: lazyPage(() => import('@/pages/ComparePage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/opportunities/$id',
    component: lazyPage(() => import('@/pages/OpportunityPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/opportunities/$id/assessment',
    component: lazyPage(() => import('@/pages/AssessmentPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profile',
    component: lazyPage(() => import('@/pages/ProfilePage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/notifications',
    component: lazyPage(() => import('@/pages/NotificationsPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/opportunities/$id/review',
    component: lazyPage(() => import('@/pages/ReviewPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/syncs',
    component: lazyPage(() => import('@/pages/SyncHistoryPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/syncs/$id',
    validateSearch: (search: PlainSearch & SearchSchemaInput): PlainSearch => search,
    component: lazyPage(() => import('@/pages/SyncRunPage')),
  }),
])

export const router = createRouter({
  routeTree,
  basepath: PREFIX || '/',
  parseSearch,
  stringifySearch,
  defaultErrorComponent: PageFailed,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
