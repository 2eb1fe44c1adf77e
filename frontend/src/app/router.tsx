import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type SearchSchemaInput,
} from '@tanstack/react-router'
import NotFoundPage from '@/pages/NotFoundPage'
import { PageFailed } from './PageFailed'
import { parseSearch, type PlainSearch, stringifySearch } from './search-params'
import { Shell } from './Shell'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })

const routeTree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('@/pages/DashboardPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/inbox',
    validateSearch: (search: PlainSearch & SearchSchemaInput): PlainSearch => search,
    component: lazyRouteComponent(() => import('@/pages/InboxPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/opportunities/$id',
    component: lazyRouteComponent(() => import('@/pages/OpportunityPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/opportunities/$id/assessment',
    component: lazyRouteComponent(() => import('@/pages/AssessmentPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/syncs',
    component: lazyRouteComponent(() => import('@/pages/SyncHistoryPage')),
  }),
])

export const router = createRouter({
  routeTree,
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
