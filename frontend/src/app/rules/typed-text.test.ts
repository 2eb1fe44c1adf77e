import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SOURCE = 'src'
const FIELD = /<(TextField|textarea|input\s[^>]*type="(?:text|search)")/

/** Text that is no one's work, and why. */
const NOT_KEPT: Record<string, string> = {
  'entities/person/PersonPicker.tsx': 'it finds a person',
  'features/assessment/form/CompetitorsField.tsx': 'the draft keeps it',
  'features/discussion/MentionField.tsx': 'the box around it keeps it',
  'features/inbox/filtering/Filters.tsx': 'it goes into the address',
  'features/inbox/filtering/SearchBox.tsx': 'it goes into the address',
  'features/profile/Absences.tsx': 'two days are no text',
  'features/profile/CalendarAddress.tsx': 'it is only read',
  'features/session/SignInForm.tsx': 'a password is kept nowhere',
}

/** A part with a field and a state of its own would lose what is typed when it goes. */
test('every text that a part of the page holds is kept on this computer', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  const losing = files.filter((file) => file.endsWith('.tsx') && !file.includes('.test.') && loses(file))
  expect(losing.toSorted()).toEqual(Object.keys(NOT_KEPT))
})

function loses(file: string): boolean {
  const text = readFileSync(join(SOURCE, file), 'utf8')
  return FIELD.test(text) && /useState\(/.test(text) && !text.includes('usePersistedInput(')
}
