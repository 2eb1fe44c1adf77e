import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useSyncExternalStore } from 'react'
import { expect, it } from 'vitest'
import template from '../../../../../assessments/migrations/standard_template.json'
import { Autosave } from '../draft/autosave'
import { CompetitorsField } from './CompetitorsField'
import { opened } from '../draft/draft'
import { DraftProvider } from '../draft/DraftContext'
import type { Content } from '../types'

const RIVAL = { name: 'Rival', strength: '', weakness: '' }

/** Save to a server that answers with its first list, whatever is sent later. */
const autosave = new Autosave(opened({}, 1), {
  keep: () => true,
  save: async () => ({ values: { competitors: [RIVAL] }, lockVersion: 2, authors: {} }),
})

function Form() {
  const draft = useSyncExternalStore(autosave.subscribe, () => autosave.draft)
  const nothing = { missing: {}, answers: {}, opportunityId: '7', threads: [], onAnswered: () => {}, carried: [], confirm: () => {} }
  const form = { content: template as unknown as Content, draft, autosave, isReadOnly: false, ...nothing }
  return (
    <DraftProvider value={form}>
      <CompetitorsField />
    </DraftProvider>
  )
}

it('a blank row stays through the saves of other fields, and what others saved is shown', async () => {
  render(<Form />)
  const add = screen.getByRole('button', { name: 'Add competitor' })
  await userEvent.click(add)
  autosave.type('lessons', 'One')
  await autosave.flush()
  expect(await screen.findByDisplayValue('Rival')).toBeTruthy()
  await userEvent.click(add)
  autosave.type('lessons', 'Two')
  await autosave.flush()
  expect(screen.getAllByRole('group', { name: /^Competitor/ })).toHaveLength(2)
})
