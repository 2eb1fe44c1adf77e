import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { type Catalogue, setCatalogue, stateLabel } from '@/entities/opportunity/catalogue'
import fields from '@/entities/opportunity/test-fields.json'
import type { Me } from '@/api/types'
import { sessionQuery } from '@/features/session/session'
import { common } from '@/strings/common'
import { Shell } from './Shell'

const NO_RIGHTS = {
  read: false,
  reads_all: false,
  follow_syncs: false,
  assign: false,
  claim: false,
  decide: false,
  comment: false,
  start_sync: false,
  use_admin: false,
}
const NEWCOMER: Me = {
  id: '1',
  username: 'new',
  name: 'New Comer',
  email: '',
  roles: [],
  practices: [],
  practices_led: [],
  crm_owner_name: '',
  version: '0.14.0',
  rights: NO_RIGHTS,
}

afterEach(() => {
  vi.unstubAllGlobals()
  setCatalogue(fields as Catalogue)
})

test('a page is shown once the server has said what its states are called', async () => {
  setCatalogue({ ...fields, states: [] } as never)
  vi.stubGlobal('fetch', async ({ url }: Request) =>
    Response.json(url.endsWith('/fields') ? fields : { preferences: {} }),
  )
  const cache = new QueryClient()
  cache.setQueryData(sessionQuery.queryKey, { ...NEWCOMER, rights: { ...NO_RIGHTS, read: true } } as Me)
  const root = createRootRoute({ component: Shell })
  const page = createRoute({ getParentRoute: () => root, path: '/', component: () => stateLabel('NEW') })
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory() })
  render(
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  expect(await screen.findByText('New')).toBeTruthy()
})

test('who has no role yet is told whom to ask, and nothing is asked of the server', async () => {
  const cache = new QueryClient()
  cache.setQueryData(sessionQuery.queryKey, NEWCOMER)
  const history = createMemoryHistory()
  const router = createRouter({ routeTree: createRootRoute({ component: Shell }), history })
  render(
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  await screen.findByText(common.noRole)
  expect(screen.queryByRole('navigation')).toBeNull()
  expect(cache.getQueryCache().getAll()).toHaveLength(1)
})
