import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'

/** Render for a test what has links, in a router that knows no other page. */
export async function renderInRouter(shown: ReactNode) {
  const routeTree = createRootRoute({ component: () => shown })
  const router = createRouter({ routeTree, history: createMemoryHistory() })
  await router.load()
  return render(<RouterProvider router={router as never} />)
}
