import { describe, expect, test } from 'vitest'
import type { SyncStatus } from '@/api/types'
import { aRun } from './a-run.test.helper'
import { freshnessOf, nextSyncOf, rejectedOf, scheduleOf, problemOfRun, waitingOf, worst } from './freshness'

const NOW = Date.parse('2026-11-24T12:00:00Z')

const RUN = aRun()

const STATUS: SyncStatus = {
  is_running: false,
  running: null,
  last_run: RUN,
  last_success: RUN,
  last_success_age_seconds: 10_800,
  complete_at: '2026-11-24T09:00:00Z',
  freshness: 'fresh',
  counts: { total: 10, open: 8, closed: 1, removed: 1, rejected_awaiting: 0 },
  removals_waiting: 0,
  next_scheduled_at: null,
  next_full_scheduled_at: null,
  not_scheduled_because: 'no crontab',
}

describe('how old the data is', () => {
  test('is said in words and with the hour', () => {
    const { tone, sentence } = freshnessOf(STATUS, NOW)
    expect(tone).toBe('calm')
    expect(sentence).toMatch(/synced 3 hours ago, .*9:00/)
  })

  test.each([
    ['stale', 'warning'],
    ['old', 'bad'],
  ] as const)('grows graver as the server says: %s', (freshness, tone) => {
    expect(freshnessOf({ ...STATUS, freshness }, NOW).tone).toBe(tone)
  })

  test('before the first sync there is none', () => {
    const none = { ...STATUS, complete_at: null, freshness: 'none' } as const
    expect(freshnessOf(none, NOW)).toEqual({ tone: 'bad', sentence: expect.stringContaining('No sync') })
  })
})

describe('what went wrong', () => {
  test('a success is no trouble', () => {
    expect(problemOfRun(RUN)).toBeNull()
    expect(problemOfRun(null)).toBeNull()
  })

  test('a failure comes with its reason', () => {
    const failed = { ...RUN, status: 'FAILED', error_message: 'Oracle refused.' } as const
    expect(problemOfRun(failed)).toMatchObject({ tone: 'bad' })
    expect(problemOfRun(failed)?.sentence).toContain('failed: Oracle refused.')
  })

  test('an incomplete run warns', () => {
    const partial = { ...RUN, status: 'PARTIAL', error_message: '30 removals wait.' } as const
    expect(problemOfRun(partial)?.sentence).toContain('incomplete: 30 removals wait.')
  })

  test('a run whose process died broke off', () => {
    const dead = { ...RUN, status: 'RUNNING', is_interrupted: true } as const
    expect(problemOfRun(dead)?.sentence).toContain('was interrupted')
  })
})

test('rejected records are counted, none are not mentioned', () => {
  expect(rejectedOf(STATUS)).toBeNull()
  const counts = { ...STATUS.counts, rejected_awaiting: 1200 }
  expect(rejectedOf({ ...STATUS, counts })).toMatch(/1.200 records/)
})

describe('removals that wait for a person', () => {
  test('warn as long as they wait, also after a run that did not look', () => {
    expect(waitingOf(STATUS)).toBeNull()
    const waiting = waitingOf({ ...STATUS, removals_waiting: 1200 })
    expect(waiting?.tone).toBe('warning')
    expect(waiting?.sentence).toMatch(/1.200 opportunities are missing from the CRM/)
    expect(waitingOf({ ...STATUS, removals_waiting: 1 })?.sentence).toMatch(/^1 opportunity is/)
  })

  test('are not told twice where the last run tells of them', () => {
    const last_run = { ...RUN, status: 'PARTIAL', removals_waiting: 30 } as const
    expect(waitingOf({ ...STATUS, last_run, removals_waiting: 30 })).toBeNull()
  })
})

describe('when nothing is scheduled', () => {
  test('whoever runs the server reads why', () => {
    expect(scheduleOf(STATUS)).toBe('No sync is scheduled: no crontab')
  })

  test('everybody hears of it once the data is too old, and not before', () => {
    expect(nextSyncOf(STATUS)).toBeNull()
    expect(nextSyncOf({ ...STATUS, freshness: 'stale' })).toBe('No sync is scheduled.')
    expect(nextSyncOf({ ...STATUS, next_scheduled_at: '2026-11-25T00:00:00Z' })).toMatch(/^Next sync 25 Nov/)
  })
})

describe('the schedule tells the next sync', () => {
  const scheduled = { ...STATUS, next_scheduled_at: '2026-11-25T00:00:00Z' }

  test('and the next full one', () => {
    const status = { ...scheduled, next_full_scheduled_at: '2026-11-29T00:00:00Z' }
    expect(scheduleOf(status)).toMatch(/^Next sync 25 Nov.*, next full sync 29 Nov/)
  })

  test('and that it is a full one', () => {
    const status = { ...scheduled, next_full_scheduled_at: scheduled.next_scheduled_at }
    expect(scheduleOf(status)).toMatch(/^Next sync 25 Nov.* \(full\)$/)
  })

  test('alone where none is ever full', () => {
    expect(scheduleOf(scheduled)).toMatch(/^Next sync 25 Nov[^a-z]*$/)
  })
})

test('the gravest remark colours the banner', () => {
  const warning = { tone: 'warning', sentence: '' } as const
  expect(worst([freshnessOf(STATUS, NOW), null])).toBe('calm')
  expect(worst([warning, null])).toBe('warning')
  expect(worst([warning, { tone: 'bad', sentence: '' }])).toBe('bad')
})
