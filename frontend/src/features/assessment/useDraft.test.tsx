import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import template from '../../../../assessments/migrations/standard_template.json'
import type { DraftAnswer } from './types'
import { useDraft } from './useDraft'

const OPENING = { content: template, draft: null, lock_version: 0, problems: [] } as unknown as DraftAnswer

let sent: unknown[]

function Around({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
}

function typing(words: string) {
  const { result } = renderHook(() => useDraft('42', '7', OPENING), { wrapper: Around })
  act(() => result.current.autosave.type('NEED.comment', words))
}

function leaving(): Event {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event
}

beforeEach(() => {
  sent = []
  localStorage.clear()
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(await request.json())
    return Response.json(OPENING)
  })
})
afterEach(() => {
  // It saves once more.
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

it('what was typed last goes to the server with the page that is left', async () => {
  typing('The last words')
  expect(sent).toEqual([])
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(JSON.stringify(sent)).toContain('The last words'))
})

it('leaving asks nothing where the words are kept on this computer', () => {
  typing('Kept')
  expect(leaving().defaultPrevented).toBe(false)
})

it('leaving asks where the words would be lost', () => {
  vi.stubGlobal('localStorage', undefined)
  typing('Not kept')
  expect(leaving().defaultPrevented).toBe(true)
})
