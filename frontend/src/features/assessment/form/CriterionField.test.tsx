import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useSyncExternalStore } from 'react'
import { expect, it } from 'vitest'
import template from '../../../../../assessments/migrations/standard_template.json'
import { Autosave, StaleDraftError } from '../draft/autosave'
import { CriterionField } from './CriterionField'
import { opened } from '../draft/draft'
import { DraftProvider, type SavedAnswer } from '../draft/DraftContext'
import type { Content } from '../types'
import { criteriaIn, saveOf, type Values } from '../draft/values'

const content = template as unknown as Content
const NEED = 'NEED'

interface FormProps {
  autosave: Autosave
  asked?: Content
  code?: string
  answers?: Record<string, SavedAnswer>
}

/** Show the criterion in a form whose server accepts what it gets. */
function Form({ autosave, asked = content, code = NEED, answers = {} }: FormProps) {
  const draft = useSyncExternalStore(autosave.subscribe, () => autosave.draft)
  const criterion = criteriaIn(asked).find((each) => each.code === code)
  const form = {
    content: asked,
    draft,
    autosave,
    isReadOnly: false,
    missing: {},
    answers,
    opportunityId: '7', threads: [], onAnswered: () => {},
    carried: [],
    confirm: () => {},
  }
  return <DraftProvider value={form}>{criterion && <CriterionField criterion={criterion} />}</DraftProvider>
}

function autosaveOf(values: Values, staleDraftErrorOf?: Values): Autosave {
  return new Autosave(opened(values, 1), {
    keep: () => true,
    save: async (changed) => {
      if (staleDraftErrorOf) throw new StaleDraftError({ values: staleDraftErrorOf, lockVersion: 9, authors: { 'NEED.comment': 'Ann' } })
      return { values: { ...values, ...changed }, lockVersion: 2, authors: {} }
    },
  })
}

it('shows what each rating means, and asks for a comment where the rating is an extreme', async () => {
  render(<Form autosave={autosaveOf({})} />)
  const comment = screen.getByRole('textbox', { name: 'Comment on NEED' })
  await userEvent.click(screen.getByRole('radio', { name: /^4 Consequence of delay/ }))
  expect(comment.getAttribute('aria-required')).toBeNull()
  await userEvent.click(screen.getByRole('radio', { name: /^5 Dated event/ }))
  expect(comment.getAttribute('aria-required')).toBe('true')
  expect(screen.getByText('Required: 10 characters or more')).toBeTruthy()
  await userEvent.type(comment, 'Seen in the letter.')
  expect(screen.queryByText('Required: 10 characters or more')).toBeNull()
})

it('takes a digit while the focus is among the ratings, and none while a comment is written', async () => {
  render(<Form autosave={autosaveOf({})} />)
  await userEvent.click(screen.getByRole('radio', { name: /^0 / }))
  await userEvent.keyboard('3')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^3 / }).checked).toBe(true)
  await userEvent.type(screen.getByRole('textbox'), '5')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^3 / }).checked).toBe(true)
})

it('Tab leads from a rating to its comment, and a cleared answer comes back by the same key', async () => {
  render(<Form autosave={autosaveOf({ 'NEED.answer': '4' })} />)
  const rating = screen.getByRole<HTMLInputElement>('radio', { name: /^4 / })
  rating.focus()
  await userEvent.tab()
  expect(document.activeElement).toBe(screen.getByRole('textbox'))
  await userEvent.tab()
  await userEvent.keyboard(' ')
  expect(rating.checked).toBe(false)
  await userEvent.keyboard(' ')
  expect(rating.checked).toBe(true)
})

it('the page says the rules of the template that asks, whatever an administrator made of them', async () => {
  const asked: Content = {
    ...content,
    caps: [{ trigger: 'GATE_RATED', threshold: '2.0', caps_at: 'NO_BID' }],
    commented_ratings: [2],
    shortest_comment: 33,
    na_weight_limit: 7,
  }
  const { rerender } = render(<Form autosave={autosaveOf({})} asked={asked} code="FIT" />)
  expect(screen.getByText(/Gate\. Regardless of the score: rated 2 allows No bid at most\.$/)).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: /^2 / }))
  expect(screen.getByText('Required: 33 characters or more')).toBeTruthy()
  rerender(<Form autosave={autosaveOf({})} asked={asked} />)
  expect(screen.getByText(/No more than 7 points of weight/)).toBeTruthy()
})

it('a gate is never not applicable', () => {
  render(<Form autosave={autosaveOf({})} code="FIT" />)
  expect(screen.queryByRole('radio', { name: /^Not applicable/ })).toBeNull()
  expect(screen.getByRole('radio', { name: /^Unknown/ })).toBeTruthy()
})

it('a conflict shows theirs under mine, and the choice ends it', async () => {
  const autosave = autosaveOf({ 'NEED.comment': 'old' }, { 'NEED.comment': 'hers' })
  render(<Form autosave={autosave} />)
  await userEvent.type(screen.getByRole('textbox'), ' mine')
  await userEvent.tab()
  const theirs = await screen.findByRole('group', { name: /^Ann saved a different answer/ })
  expect(theirs.textContent).toContain('hers')
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('old mine')
  await userEvent.click(screen.getByRole('button', { name: 'Keep theirs' }))
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('hers')
  expect(screen.queryByRole('group', { name: /^Ann/ })).toBeNull()
})

it('what an earlier qualification said asks whether it still holds, and a word is enough', async () => {
  const sent: object[] = []
  const autosave = new Autosave(opened({ 'NEED.answer': '4' }, 1), {
    keep: () => true,
    save: async (changed) => {
      sent.push(saveOf(content, changed, 1))
      return { values: { 'NEED.answer': '4' }, lockVersion: 2, authors: {} }
    },
  })
  const earlier = { author: { id: '7', name: 'Ada' }, on_behalf_of: null, answered_at: '2027-05-14T09:30:00Z' }
  const answers = { NEED: { ...earlier, kind: 'RATING', rating: 4, comment: '', is_carried_over: true } }
  render(<Form autosave={autosave} answers={answers as Record<string, SavedAnswer>} />)
  expect(screen.getByText(/^Copied from Ada, 14 May 2027/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Still correct' }))
  expect(screen.queryByText(/^Copied/)).toBeNull()
  await autosave.flush()
  expect(sent).toEqual([{ lock_version: 1, answers: { NEED: {} }, knockouts: {}, recorded: {} }])
})
