import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, NoAnswerError } from '@/api/problem'
import { Autosave, StaleDraftError, type DraftApi } from './autosave'
import { isUnsaved, opened, type Theirs } from './draft'
import { copyKey, forgetOldCopies, keepCopy, readCopy, restored } from './local-copy'
import type { Values } from './values'

const COMMENT = 'NEED.comment'
const KEY = copyKey('7', '42')
const DAY_MS = 24 * 60 * 60 * 1000

/** Keep what is sent, or fail the next calls as told. */
class Server implements DraftApi {
  values: Values = { [COMMENT]: 'old' }
  lockVersion = 1
  received: Values[] = []
  fails: unknown[] = []
  private waiting: (() => void)[] = []
  isSlow = false

  async save(changed: Values, lockVersion: number): Promise<Theirs> {
    this.received.push(changed)
    if (this.isSlow) await new Promise<void>((go) => this.waiting.push(go))
    const failure = this.fails.shift()
    if (failure) throw failure
    if (lockVersion !== this.lockVersion) throw new StaleDraftError(this.theirs())
    this.values = { ...this.values, ...changed }
    this.lockVersion += 1
    return this.theirs()
  }

  keep = (draft: Autosave['draft']) => keepCopy(KEY, draft, Date.now())

  theirs(): Theirs {
    return { values: this.values, lockVersion: this.lockVersion, authors: { [COMMENT]: 'Ann' } }
  }

  async answer(): Promise<void> {
    this.waiting.shift()?.()
    await vi.advanceTimersByTimeAsync(0)
  }
}

function problem(
  status: number,
  errors: { field: string; code: string; detail: string }[] = [],
  headers: Record<string, string> = {},
) {
  const detail = 'Refused.'
  return new ApiError(new Response(null, { status, headers }), {
    type: '',
    title: '',
    status,
    detail,
    code: '',
    errors,
  })
}

let server: Server
let autosave: Autosave

async function leaveUnsaved(): Promise<void> {
  server.fails = [new NoAnswerError(null)]
  autosave.type(COMMENT, 'mine')
  await autosave.flush()
}

function reopened(): Autosave {
  const copy = readCopy(KEY)
  if (copy === null) throw new Error('No copy was kept.')
  const later = new Autosave(restored(copy, server.theirs()), server)
  later.start()
  return later
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  server = new Server()
  autosave = new Autosave(opened(server.values, 1), server)
})
afterEach(() => vi.useRealTimers())

describe('saving', () => {
  it('waits for a second of quiet', async () => {
    autosave.type(COMMENT, 'n')
    await vi.advanceTimersByTimeAsync(900)
    autosave.type(COMMENT, 'new')
    await vi.advanceTimersByTimeAsync(900)
    expect(server.received).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(server.received).toEqual([{ [COMMENT]: 'new' }])
    expect(isUnsaved(autosave.draft)).toBe(false)
  })

  it('never has two requests under way, and sends what was typed meanwhile after the first', async () => {
    server.isSlow = true
    autosave.type(COMMENT, 'new')
    const done = autosave.flush()
    autosave.type(COMMENT, 'newer')
    void autosave.flush()
    expect(server.received).toHaveLength(1)
    await server.answer()
    expect(server.received).toEqual([{ [COMMENT]: 'new' }, { [COMMENT]: 'newer' }])
    await server.answer()
    await done
    expect(server.values[COMMENT]).toBe('newer')
  })

  it('keeps a copy on this computer until that very state is confirmed', async () => {
    server.isSlow = true
    autosave.type(COMMENT, 'new')
    expect(readCopy(KEY)?.edits).toEqual({ [COMMENT]: 'new' })
    void autosave.flush()
    expect(readCopy(KEY)?.edits).toEqual({ [COMMENT]: 'new' })
    autosave.type(COMMENT, 'newer')
    await server.answer()
    expect(readCopy(KEY)?.edits).toEqual({ [COMMENT]: 'newer' })
    await vi.advanceTimersByTimeAsync(1000)
    await server.answer()
    expect(readCopy(KEY)).toBeNull()
  })
})

describe('a server that does not answer', () => {
  it('is asked again after 2, 4, 8 seconds, and everything typed gets there', async () => {
    server.fails = [new NoAnswerError(null), problem(503), new NoAnswerError(null)]
    autosave.type(COMMENT, 'new')
    await autosave.flush()
    expect(autosave.draft.halt?.kind).toBe('offline')
    autosave.type(COMMENT, 'newer')
    await vi.advanceTimersByTimeAsync(2000)
    expect(server.received).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(3900)
    expect(server.received).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(100 + 8000)
    expect(server.values[COMMENT]).toBe('newer')
    expect(autosave.draft.halt).toBeNull()
  })

  it('because it has too much to do is asked again when it says', async () => {
    server.fails = [problem(429, [], { 'Retry-After': '7' })]
    autosave.type(COMMENT, 'new')
    await autosave.flush()
    await vi.advanceTimersByTimeAsync(6900)
    expect(server.received).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(server.values[COMMENT]).toBe('new')
  })

  it('whose answer alone was lost has no conflict with itself', async () => {
    const keepAndLose = server.save.bind(server)
    server.save = async (...args) => {
      server.save = keepAndLose
      await keepAndLose(...args)
      throw new NoAnswerError(null)
    }
    autosave.type(COMMENT, 'new')
    await autosave.flush()
    await vi.advanceTimersByTimeAsync(2000)
    expect(autosave.draft.conflicts).toEqual({})
    expect(isUnsaved(autosave.draft)).toBe(false)
  })
})

describe('a server that refuses', () => {
  it('one value saves the others, and shows the sentence', async () => {
    server.fails = [problem(400, [{ field: 'bid_cost', code: 'invalid', detail: 'A number.' }])]
    autosave.type(COMMENT, 'new')
    autosave.type('bid_cost', 'much')
    await autosave.flush()
    expect(server.values[COMMENT]).toBe('new')
    expect(autosave.draft.refused).toEqual({ bid_cost: 'A number.' })
    expect(readCopy(KEY)?.edits).toEqual({ bid_cost: 'much' })
  })

  it('answers of this state is not asked again, and the words stay on this computer', async () => {
    server.fails = [problem(409)]
    autosave.type(COMMENT, 'new')
    await autosave.flush()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.received).toHaveLength(1)
    expect(readCopy(KEY)?.edits).toEqual({ [COMMENT]: 'new' })
  })
})

describe('somebody else', () => {
  it('who saved another field is merged, and mine is saved on top at once', async () => {
    server.values = { ...server.values, sa_reason: 'hers' }
    server.lockVersion = 5
    autosave.type(COMMENT, 'mine')
    await autosave.flush()
    expect(server.values).toEqual({ [COMMENT]: 'mine', sa_reason: 'hers' })
  })

  it('who saved the same field waits for a choice, which is then saved', async () => {
    server.values = { [COMMENT]: 'hers' }
    server.lockVersion = 5
    autosave.type(COMMENT, 'mine')
    await autosave.flush()
    expect(server.values[COMMENT]).toBe('hers')
    autosave.settle(COMMENT, 'both')
    await autosave.flush()
    expect(server.values[COMMENT]).toBe('hers\n\nmine')
  })
})

describe('a page that is loaded again', () => {
  it('has the words that were not saved, and saves them', async () => {
    await leaveUnsaved()
    reopened()
    await vi.advanceTimersByTimeAsync(1000)
    expect(server.values[COMMENT]).toBe('mine')
  })

  it('meets what was saved elsewhere meanwhile as a save does', async () => {
    await leaveUnsaved()
    server.values = { [COMMENT]: 'hers' }
    server.lockVersion = 9
    const later = reopened()
    expect(later.draft.conflicts[COMMENT]?.theirs).toBe('hers')
    expect(later.draft.edits[COMMENT]).toBe('mine')
  })
})

describe('a copy on this computer', () => {
  it('is of one person and one opportunity', async () => {
    await leaveUnsaved()
    expect(readCopy(copyKey('8', '42'))).toBeNull()
    expect(readCopy(copyKey('7', '43'))).toBeNull()
  })

  it('is kept for thirty days', async () => {
    await leaveUnsaved()
    forgetOldCopies(Date.now() + 29 * DAY_MS)
    expect(readCopy(KEY)).not.toBeNull()
    forgetOldCopies(Date.now() + 31 * DAY_MS)
    expect(readCopy(KEY)).toBeNull()
  })
})
