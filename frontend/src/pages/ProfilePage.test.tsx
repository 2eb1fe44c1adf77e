import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { Me } from '@/api/types'
import { sessionQuery } from '@/features/session/session'
import { words } from '@/features/profile/strings'
import ProfilePage from './ProfilePage'

const ME = { name: 'Sam Okafor', email: 'sam@example.com', roles: [], practices: [], crm_owner_name: '', wants_notices: true } as unknown as Me

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('notices that were switched off are off when the person comes back to the page', async () => {
  vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue(['Asia/Tokyo'])
  vi.stubGlobal('fetch', async ({ method }: Request) =>
    Response.json(method === 'PATCH' ? { ...ME, wants_notices: false } : { preferences: {} }),
  )
  const cache = new QueryClient()
  cache.setQueryData(sessionQuery.queryKey, ME)
  const show = () =>
    render(
      <QueryClientProvider client={cache}>
        <ProfilePage />
      </QueryClientProvider>,
    )
  const { unmount } = show()
  await userEvent.click(screen.getByLabelText(words.notices))
  await waitFor(() => expect(cache.getQueryData(sessionQuery.queryKey)?.wants_notices).toBe(false))
  unmount()
  show()
  expect((screen.getByLabelText(words.notices) as HTMLInputElement).checked).toBe(false)
})
