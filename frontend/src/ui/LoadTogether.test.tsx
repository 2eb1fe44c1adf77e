import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { LoadTogether } from './LoadTogether'

test('what is ready hears no more of what is asked: else many answers at once are too many updates', async () => {
  const cache = new QueryClient()
  render(
    <QueryClientProvider client={cache}>
      <LoadTogether queryKey={['rows']}>
        <p>The rows</p>
      </LoadTogether>
    </QueryClientProvider>,
  )
  expect(cache.getQueryCache().hasListeners()).toBe(true)
  await expect.poll(() => cache.getQueryCache().hasListeners()).toBe(false)
  expect(screen.getByText('The rows')).toBeDefined()
})
