import { describe, expect, it } from 'vitest'
import {
  isUnsaved,
  mayBeSent,
  rebased,
  offline,
  opened,
  refused,
  saved,
  sendable,
  sent,
  settled,
  shown,
  typed,
  unsent,
  type Draft,
} from './draft'

const COMMENT = 'NEED.comment'
const ANSWER = 'NEED.answer'

function draftWith(comment: string): Draft {
  return opened({ [COMMENT]: comment, [ANSWER]: '3' }, 4)
}

function theirs(values: Record<string, string>, by = 'Ann') {
  const authors = Object.fromEntries(Object.keys(values).map((field) => [field, by]))
  return { values: { [COMMENT]: 'old', [ANSWER]: '3', ...values }, lockVersion: 6, authors }
}

describe('typing', () => {
  it('is shown at once and is unsaved', () => {
    const draft = typed(draftWith('old'), COMMENT, 'new')
    expect(shown(draft)[COMMENT]).toBe('new')
    expect(isUnsaved(draft)).toBe(true)
    expect(mayBeSent(draft)).toBe(true)
  })

  it('back to the saved value leaves nothing to save', () => {
    const draft = typed(typed(draftWith('old'), COMMENT, 'new'), COMMENT, 'old')
    expect(isUnsaved(draft)).toBe(false)
  })

  it('back to the old value while the new one is being sent is saved as well', () => {
    const sending = sent(typed(draftWith('old'), COMMENT, 'new'))
    const back = typed(sending, COMMENT, 'old')
    expect(shown(back)[COMMENT]).toBe('old')
    const after = saved(back, theirs({ [COMMENT]: 'new' }), 1)
    expect(sendable(after)).toEqual({ [COMMENT]: 'old' })
  })

  it('during a save is kept, and saved by the next one', () => {
    const sending = sent(typed(draftWith('old'), COMMENT, 'new'))
    expect(mayBeSent(sending)).toBe(false)
    const more = typed(sending, COMMENT, 'new words')
    const after = saved(more, theirs({ [COMMENT]: 'new' }), 1)
    expect(shown(after)[COMMENT]).toBe('new words')
    expect(after.lockVersion).toBe(6)
    expect(mayBeSent(after)).toBe(true)
  })

  it('only what was typed is sent', () => {
    expect(sent(typed(draftWith('old'), COMMENT, 'new')).sending).toEqual({ [COMMENT]: 'new' })
  })

  it('keeps the space at the end that the server cuts', () => {
    const draft = sent(typed(draftWith('old'), COMMENT, 'new '))
    expect(shown(saved(draft, theirs({ [COMMENT]: 'new' }), 1))[COMMENT]).toBe('new ')
  })
})

describe('a save without an answer', () => {
  it('keeps everything typed before and during it', () => {
    const sending = sent(typed(draftWith('old'), COMMENT, 'new'))
    const failed = offline(typed(sending, ANSWER, '4'), 0)
    expect(sendable(failed)).toEqual({ [COMMENT]: 'new', [ANSWER]: '4' })
    expect(failed.halt).toEqual({ kind: 'offline', tries: 1, retryAt: 2000 })
  })

  it('brings back the newest words, not those that were sent', () => {
    const sending = sent(typed(draftWith('old'), COMMENT, 'new'))
    expect(sendable(offline(typed(sending, COMMENT, 'newer'), 0))).toEqual({ [COMMENT]: 'newer' })
  })

  it('counts its tries, and is forgotten when one succeeds', () => {
    const twice = offline(sent(offline(sent(typed(draftWith('old'), COMMENT, 'new')), 0)), 0)
    expect(twice.halt).toEqual({ kind: 'offline', tries: 2, retryAt: 4000 })
    expect(saved(sent(twice), theirs({ [COMMENT]: 'new' }), 1).halt).toBeNull()
  })

  it('that was kept by the server is no conflict when it is sent again', () => {
    const failed = offline(sent(typed(draftWith('old'), COMMENT, 'new')), 0)
    const again = rebased(sent(failed), theirs({ [COMMENT]: 'new' }, 'Me'))
    expect(again.conflicts).toEqual({})
    expect(isUnsaved(again)).toBe(false)
    expect(again.merged).toBeNull()
  })

  it('that was kept, while more was typed, is no conflict either', () => {
    const sending = sent(offline(sent(typed(draftWith('old'), COMMENT, 'new')), 0))
    const again = rebased(typed(sending, COMMENT, 'new words'), theirs({ [COMMENT]: 'new' }, 'Me'))
    expect(again.conflicts).toEqual({})
    expect(sendable(again)).toEqual({ [COMMENT]: 'new words' })
  })
})

describe('a save on top of somebody else’s', () => {
  it('of other answers takes theirs, keeps mine and says who it was', () => {
    const sending = sent(typed(draftWith('old'), COMMENT, 'mine'))
    const draft = rebased(sending, theirs({ [ANSWER]: '5' }))
    expect(shown(draft)).toMatchObject({ [COMMENT]: 'mine', [ANSWER]: '5' })
    expect(draft.conflicts).toEqual({})
    expect(draft.merged).toEqual({ by: 'Ann', count: 1 })
    expect(sent(draft).sending).toEqual({ [COMMENT]: 'mine' })
    expect(draft.lockVersion).toBe(6)
  })

  const conflict = rebased(
    sent(typed(draftWith('old'), COMMENT, 'mine')),
    theirs({ [COMMENT]: 'hers' }),
  )

  it('of the same answer shows mine and sends neither before one is chosen', () => {
    expect(shown(conflict)[COMMENT]).toBe('mine')
    expect(conflict.conflicts[COMMENT]).toEqual({ theirs: 'hers', by: 'Ann' })
    expect(mayBeSent(conflict)).toBe(false)
    expect(isUnsaved(conflict)).toBe(true)
  })

  it('other answers go on being saved meanwhile', () => {
    expect(sendable(typed(conflict, ANSWER, '1'))).toEqual({ [ANSWER]: '1' })
  })

  it('keeping mine sends mine on top', () => {
    expect(sendable(settled(conflict, COMMENT, 'mine'))).toEqual({ [COMMENT]: 'mine' })
  })

  it('taking theirs leaves nothing to save', () => {
    const draft = settled(conflict, COMMENT, 'theirs')
    expect(shown(draft)[COMMENT]).toBe('hers')
    expect(isUnsaved(draft)).toBe(false)
  })

  it('keeping both puts one under the other', () => {
    expect(sendable(settled(conflict, COMMENT, 'both'))).toEqual({ [COMMENT]: 'hers\n\nmine' })
  })

  it('typing on while it is unsettled keeps the conflict', () => {
    const more = typed(conflict, COMMENT, 'hers')
    expect(more.conflicts[COMMENT]).toBeDefined()
    expect(sendable(settled(more, COMMENT, 'theirs'))).toEqual({})
  })
})

describe('a value the server refuses', () => {
  const both = typed(typed(draftWith('old'), COMMENT, 'new'), 'bid_cost', 'much')
  const draft = refused(sent(both), { bid_cost: 'Write a number.' })

  it('is kept with its sentence, and the rest is sent again without it', () => {
    expect(shown(draft).bid_cost).toBe('much')
    expect(draft.refused).toEqual({ bid_cost: 'Write a number.' })
    expect(sendable(draft)).toEqual({ [COMMENT]: 'new' })
  })

  it('is sent again when it was typed anew', () => {
    expect(sendable(typed(draft, 'bid_cost', '10'))).toMatchObject({ bid_cost: '10' })
  })

  it('without naming what was sent holds all of it, each with the sentence, and what is typed next is saved', () => {
    const held = refused(sent(both), { lock_version: 'Send a number.' })
    expect(held.refused).toEqual({ [COMMENT]: 'Send a number.', bid_cost: 'Send a number.' })
    expect(mayBeSent(held)).toBe(false)
    expect(sendable(typed(held, ANSWER, '4'))).toEqual({ [ANSWER]: '4' })
  })
})

it('a draft that takes no answers any more keeps the words', () => {
  const closed = unsent(sent(typed(draftWith('old'), COMMENT, 'new')), {
    kind: 'closed',
    sentence: 'Answers are not saved while it is In review.',
  })
  expect(shown(closed)[COMMENT]).toBe('new')
  expect(mayBeSent(closed)).toBe(false)
})
