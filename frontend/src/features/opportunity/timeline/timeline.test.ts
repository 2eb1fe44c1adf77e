import { expect, it } from 'vitest'
import { entriesOf, type Kind } from './timeline'

type Events = Parameters<typeof entriesOf>[0]['rows']
type Changes = Parameters<typeof entriesOf>[1]['rows']

function event(at: string, action = 'ASSIGN', channel = 'SCREEN') {
  return { id: at, at, action, channel } as unknown as Events[number]
}

function change(at: string, field: string) {
  return { at, field, old: '1', new: '2', sync_id: '9' } as Changes[number]
}

const events = [event('2026-03'), event('2026-02', 'COMMENT'), event('2026-01', 'CLOSE', 'SYNC')]
const changes = [change('2026-04', 'stage'), change('2026-04', 'customer'), change('2026-01-15', 'geo')]

function timesOf(kind: Kind): string[] {
  const entries = entriesOf({ rows: events, isWhole: true }, { rows: changes, isWhole: true }, kind)
  return entries.map((each) => each.at)
}

it('is one line, newest first, with what changed together in one entry', () => {
  const entries = entriesOf({ rows: events, isWhole: true }, { rows: changes, isWhole: true }, 'all')
  expect(entries.map((each) => each.at)).toEqual(['2026-04', '2026-03', '2026-02', '2026-01-15', '2026-01'])
  expect(entries[0]).toMatchObject({ kind: 'crm', changes: [{ field: 'stage' }, { field: 'customer' }] })
})

it('ends where the next page of either would begin', () => {
  const entries = entriesOf({ rows: events, isWhole: true }, { rows: changes.slice(0, 2), isWhole: false }, 'all')
  expect(entries.map((each) => each.at)).toEqual(['2026-04'])
})

it('shows one kind alone', () => {
  expect(timesOf('work')).toEqual(['2026-03'])
  expect(timesOf('comments')).toEqual(['2026-02'])
  expect(timesOf('crm')).toEqual(['2026-04', '2026-01-15', '2026-01'])
})
