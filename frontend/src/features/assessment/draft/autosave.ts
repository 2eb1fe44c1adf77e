/** Runs the draft: when to send, what an answer means, and that no two saves are under way at once. */

import { ApiError, fieldErrors, sentenceOf } from '@/api/problem'
import { now } from '@/lib/clock'
import {
  mayBeSent,
  rebased,
  offline,
  refused,
  saved,
  sent,
  settled,
  mergeDismissed,
  typed,
  unsent,
  type Choice,
  type Draft,
  type Theirs,
} from './draft'
import { fieldAt, type Value, type Values } from './values'

const QUIET_MS = 1000

export interface DraftApi {
  /** Throws: StaleDraftError, and what the API client throws. */
  save(changed: Values, lockVersion: number, isLeaving: boolean): Promise<Theirs>
  /** Whether the words are safe on this computer, or need not be. */
  keep(draft: Draft): boolean
}

/** Somebody saved since; nothing of this save was kept. */
export class StaleDraftError extends Error {
  readonly theirs: Theirs

  constructor(theirs: Theirs) {
    super('Saved by somebody since.')
    this.theirs = theirs
  }
}

/** Some of it cannot be sent; nothing was. */
export class UnreadableValuesError extends Error {
  readonly sentences: Record<string, string>

  constructor(sentences: Record<string, string>) {
    super('Some values cannot be read.')
    this.sentences = sentences
  }
}

export class Autosave {
  draft: Draft
  isCopySafe = true
  private readonly api: DraftApi
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private underWay: Promise<void> | null = null
  private isMoreWanted = false

  constructor(draft: Draft, api: DraftApi) {
    this.draft = draft
    this.api = api
  }

  /** What was left unsaved the last time is saved now. */
  start = () => this.plan(QUIET_MS)

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  type = (field: string, value: Value) => {
    this.become(typed(this.draft, field, value))
    if (this.draft.halt?.kind !== 'offline') this.plan(QUIET_MS)
  }

  settle = (field: string, choice: Choice) => {
    this.become(settled(this.draft, field, choice))
    void this.flush()
  }

  dismissMerge = () => this.become(mergeDismissed(this.draft))

  /** Save now; fulfilled when nothing can be sent any more, whether or not all was saved. */
  flush = async (isLeaving = false): Promise<void> => {
    clearTimeout(this.timer)
    this.isMoreWanted = true
    this.underWay ??= this.sendAll(isLeaving).finally(() => {
      this.underWay = null
    })
    return this.underWay
  }

  private async sendAll(isLeaving: boolean): Promise<void> {
    while (this.isMoreWanted && mayBeSent(this.draft)) {
      this.isMoreWanted = false
      this.become(sent(this.draft))
      await this.sendOnce(isLeaving)
    }
    this.isMoreWanted = false
    this.planNext()
  }

  private async sendOnce(isLeaving: boolean): Promise<void> {
    const { sending, lockVersion } = this.draft
    try {
      const theirs = await this.api.save(sending ?? {}, lockVersion, isLeaving)
      this.become(saved(this.draft, theirs, now()))
    } catch (error) {
      this.become(afterFailure(this.draft, error))
      // What others wrote is merged, what is refused is kept back: the rest goes again at once,
      // but not against a server that calls the same version overtaken again and again.
      const isStuck = error instanceof StaleDraftError && this.draft.lockVersion === lockVersion
      this.isMoreWanted = this.draft.halt === null && !isStuck
    }
  }

  private planNext(): void {
    const { halt } = this.draft
    this.plan(halt?.kind === 'offline' ? halt.retryAt - now() : QUIET_MS)
  }

  private plan(ms: number): void {
    clearTimeout(this.timer)
    if (mayBeSent(this.draft)) this.timer = setTimeout(() => void this.flush(), Math.max(ms, 0))
  }

  private become(draft: Draft): void {
    this.draft = draft
    this.isCopySafe = this.api.keep(draft)
    for (const listener of this.listeners) listener()
  }
}

function afterFailure(draft: Draft, error: unknown): Draft {
  if (error instanceof StaleDraftError) return rebased(draft, error.theirs)
  if (error instanceof UnreadableValuesError) return refused(draft, error.sentences)
  if (!(error instanceof ApiError)) return offline(draft, now())
  if (error.status === 429 || error.status >= 500) {
    return offline(draft, now(), error.retryAfter)
  }
  if (error.status === 400) return refused(draft, sentencesOf(error))
  return unsent(draft, { kind: 'closed', sentence: sentenceOf(error) })
}

function sentencesOf(error: ApiError): Record<string, string> {
  const named = Object.entries(fieldErrors(error)).map(([path, why]) => [fieldAt(path), why])
  return named.length > 0 ? Object.fromEntries(named) : { '': sentenceOf(error) }
}
