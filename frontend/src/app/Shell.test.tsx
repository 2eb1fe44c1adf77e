import { QueryClient, QueryClientProvider, useSuspenseQuery } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { type Catalogue, setCatalogue, stateLabel } from '@/entities/opportunity/catalogue'
import fields from '@/entities/opportunity/test-fields.json'
import { opportunityQuery } from '@/api/queries'
import type { Me } from '@/api/types'
import { sessionQuery } from '@/features/session/session'
import { common } from '@/strings/common'
import { PageFailed } from './PageFailed'
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

const REFUSED = () => Response.json({ code: 'error', detail: 'Out of order.' }, { status: 500 })

/** Answer the nth call of a path that ends so by the nth answer, the last one from then on. */
function stubServer(answers: Record<string, (() => Response)[]>) {
  vi.stubGlobal('fetch', async ({ url }: Request) => {
    const next = Object.entries(answers).find(([end]) => url.endsWith(end))?.[1] ?? []
    const answer = next.length > 1 ? next.shift() : next[0]
    return answer?.() ?? Response.json({ preferences: {} })
  })
}

function showPage(component: () => ReactNode) {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  cache.setQueryData(sessionQuery.queryKey, { ...NEWCOMER, rights: { ...NO_RIGHTS, read: true } } as Me)
  const root = createRootRoute({ component: Shell })
  const page = createRoute({ getParentRoute: () => root, path: '/', component })
  const routeTree = root.addChildren([page])
  const router = createRouter({ routeTree, history: createMemoryHistory(), defaultErrorComponent: PageFailed })
  render(
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
}

const tryAgain = async () => userEvent.click(await screen.findByRole('button', { name: common.tryAgain }))

test('a page is shown once the server has said what its states are called', async () => {
  setCatalogue({ ...fields, states: [] } as never)
  stubServer({ '/fields': [() => Response.json(fields)] })
  showPage(() => stateLabel('NEW'))
  expect(await screen.findByText('New')).toBeTruthy()
})

test('where the labels do not come, the header stays and they can be asked for again', async () => {
  stubServer({ '/fields': [REFUSED, () => Response.json(fields)] })
  showPage(() => stateLabel('NEW'))
  await screen.findByText(common.pageFailed)
  expect(screen.getByRole('navigation', { name: common.navigation })).toBeTruthy()
  await tryAgain()
  expect(await screen.findByText('New')).toBeTruthy()
})

test('a page whose data do not come is shown when they are asked for again', async () => {
  stubServer({ '/fields': [() => Response.json(fields)], '/opportunities/7': [REFUSED, () => Response.json({ name: 'Rail' })] })
  showPage(() => useSuspenseQuery(opportunityQuery('7')).data.name)
  await screen.findByText(common.pageFailed)
  await tryAgain()
  expect(await screen.findByText('Rail')).toBeTruthy()
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
