import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { viewsQuery } from '@/api/queries'
import type { SavedView } from '@/api/types'
import { Toasts } from '@/ui/Toast'
import { usePins } from './pins'
import { useViewActions } from './use-view-actions'

afterEach(() => vi.unstubAllGlobals())

function Line({ view }: { view: SavedView }) {
  const act = useViewActions(view)
  return <button onClick={() => act('remove')}>{view.name}</button>
}

function Lines() {
  usePins()
  return useQuery(viewsQuery).data?.map((view) => <Line key={view.id} view={view} />)
}

test('a removed view can be put back, although its line is gone', async () => {
  let results = [{ id: '7', name: 'Clouds', position: 0 }]
  vi.stubGlobal('fetch', async ({ method, url }: Request) => {
    // Slower than the list, which is read again after a removal.
    if (url.endsWith('/preferences')) await new Promise((go) => setTimeout(go, 100))
    if (url.endsWith('/preferences')) return Response.json({ preferences: {} })
    if (method === 'DELETE') results = []
    return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({ results })
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Lines />
      <Toasts label="Notices" closeLabel="Close" />
    </QueryClientProvider>,
  )
  await userEvent.click(await screen.findByRole('button', { name: 'Clouds' }))
  expect(await screen.findByRole('button', { name: 'Undo' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Clouds' })).toBeNull()
})
