import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import template from '../../../../../assessments/migrations/standard_template.json'
import paths from '../../../../../assessments/api/problem_paths.json'
import { Autosave } from '../draft/autosave'
import { opened } from '../draft/draft'
import { DraftProvider, elementId } from '../draft/DraftContext'
import { GroupSection } from './GroupSection'
import { KnockoutField } from './KnockoutField'
import { score } from '../scoring/score'
import { SummarySection } from './SummarySection'
import type { Content } from '../types'
import { fieldAt } from '../draft/values'

const content = template as unknown as Content
const SENTENCE = 'This cannot be kept.'

/** Show the whole form on a draft whose every field is refused. */
function renderRefused() {
  const refused = Object.fromEntries(paths.map((path) => [fieldAt(path), SENTENCE]))
  const competitors = [{ name: '', strength: 'Cheap', weakness: '' }]
  const draft = { ...opened({ competitors }, 1), refused }
  const autosave = new Autosave(draft, { keep: () => true, save: async () => Promise.reject(new Error()) })
  const nothing = { answers: {}, opportunityId: '7', threads: [], onAnswered: () => {}, carried: [], confirm: () => {} }
  const form = { content, draft, autosave, isReadOnly: false, missing: refused, ...nothing }
  render(
    <DraftProvider value={form}>
      {content.knockouts.map((each) => (
        <KnockoutField key={each.code} knockout={each} />
      ))}
      {content.groups.map((each) => (
        <GroupSection key={each.code} group={each} score={null} isShown={() => true} />
      ))}
      <SummarySection scoring={score(content, {})} />
    </DraftProvider>,
  )
}

const ofGroups = content.groups.map(({ code }) => `${code}.comment`)

it('each place the server names in a refusal is a field of the form, marked, with the sentence', () => {
  renderRefused()
  expect(paths.length).toBeGreaterThan(80)
  const lost = paths.filter((path) => {
    const element = document.getElementById(elementId(fieldAt(path)))
    return !(ofGroups.includes(path) ? element : saysWhy(element))
  })
  expect(lost).toEqual([])
})

function saysWhy(element: HTMLElement | null): boolean {
  const marked = element?.closest('[aria-invalid=true]')
  const described = marked?.getAttribute('aria-describedby')?.split(' ') ?? []
  return described.some((id) => document.getElementById(id)?.textContent?.includes(SENTENCE))
}
