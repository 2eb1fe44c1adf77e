import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import template from '../../../../../assessments/migrations/standard_template.json'
import type { DraftAnswer } from '../types'
import { useDraft } from './use-draft'

const OPENING = { content: template, draft: null, lock_version: 4, problems: [] } as unknown as DraftAnswer

let sent: { body: unknown; isKept: boolean }[]
let answers: Response[]

function Around({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
}

function opening() {
  return renderHook(() => useDraft('42', '7', OPENING), { wrapper: Around })
}

function typing(words: string) {
  const form = opening()
  act(() => form.result.current.autosave.type('NEED.comment', words))
  return form
}

function press(init: KeyboardEventInit): Event {
  const event = new KeyboardEvent('keydown', { ...init, cancelable: true })
  dispatchEvent(event)
  return event
}

function everythingSent(): string {
  return JSON.stringify(sent)
}

function leaving(): Event {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event
}

beforeEach(() => {
  sent = []
  answers = []
  localStorage.clear()
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push({ body: await request.json(), isKept: request.keepalive })
    return answers.shift() ?? Response.json(OPENING)
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
  await vi.waitFor(() => expect(everythingSent()).toContain('The last words'))
  // A request of its own would end with the page.
  expect(sent[0]?.isKept).toBe(true)
})

it('another page of this site leaves nothing behind', async () => {
  typing('Then to the inbox').unmount()
  await vi.waitFor(() => expect(everythingSent()).toContain('Then to the inbox'))
})

it('the network that is back, and Ctrl+S, save at once', async () => {
  typing('Back again')
  dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(everythingSent()).toContain('Back again'))
  typing('Out of habit')
  expect(press({ key: 's', ctrlKey: true }).defaultPrevented).toBe(true)
  await vi.waitFor(() => expect(everythingSent()).toContain('Out of habit'))
})

it('a save says which version it is on top of', async () => {
  typing('On top')
  dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(everythingSent()).toContain('On top'))
  expect(sent[0]?.body).toMatchObject({ lock_version: OPENING.lock_version })
})

it('words of somebody else for the same field are shown with their name, and mine are kept', async () => {
  const author = { id: '8', name: 'Ann' }
  const need = { kind: 'RATING', rating: 3, comment: 'hers', author }
  const current = { lock_version: 9, answers: { NEED: need }, knockouts: {}, sa_reason: 'his' }
  const saves = [{ code: '', field: 'sa_reason', by: 'Bea' }]
  const conflict = { status: 409, code: 'conflict', detail: 'Saved by Ann.', current, saves }
  answers = [Response.json(conflict, { status: 409 })]
  const { result } = typing('mine')
  act(() => result.current.autosave.type('sa_reason', 'mine as well'))
  dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(result.current.draft.conflicts).not.toEqual({}))
  expect(result.current.draft.conflicts).toEqual({
    'NEED.comment': { theirs: 'hers', by: 'Ann' },
    sa_reason: { theirs: 'his', by: 'Bea' },
  })
  expect(result.current.draft.edits['NEED.comment']).toBe('mine')
  expect(sent).toHaveLength(1)
})

it('the window that was opened last edits, the one before does not any more', async () => {
  const before = opening()
  const after = opening()
  await vi.waitFor(() => expect(before.result.current.isTakenOver).toBe(true))
  expect(after.result.current.isTakenOver).toBe(false)
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
