import { createContext, use } from 'react'
import { type Autosave } from './autosave'
import { type Conflict, type Draft, shown } from './draft'
import type { Content, DraftAnswer, ReviewThread } from '../types'
import type { Value, Values } from './values'

type Saved = NonNullable<DraftAnswer['draft']>
export type SavedAnswer = Saved['answers'][string] | Saved['knockouts'][string]

interface DraftForm {
  content: Content
  draft: Draft
  autosave: Autosave
  isReadOnly: boolean
  /** What is missing, by field; shown once somebody tried to submit. */
  missing: Record<string, string>
  /** By code, as the server has them. */
  answers: Record<string, SavedAnswer>
  opportunityId: string
  threads: ReviewThread[]
  /** After a review comment was answered. */
  onAnswered: () => void
  /** Codes of what came from another assessment and nobody has looked at since. */
  carried: string[]
  confirm: (code: string) => void
}

const Context = createContext<DraftForm | null>(null)
export const DraftProvider = Context.Provider

export function useForm(): DraftForm & { values: Values } {
  const form = use(Context)
  if (form === null) throw new Error('A part of the form stands outside of it.')
  return { ...form, values: shown(form.draft) }
}

interface Field<T extends Value> {
  id: string
  value: T
  change: (value: T) => void
  error: string | undefined
  conflict: Conflict | undefined
}

/** Return the id of a field's element, for labels and for links of the error summary. */
export function elementId(name: string): string {
  return `field-${name.replace('.', '-')}`
}

export function useField(name: string): Field<string> {
  return useFieldValue<string>(name, '')
}

export function useFieldValue<T extends Value>(name: string, empty: T): Field<T> {
  const { values, draft, autosave, missing } = useForm()
  return {
    id: elementId(name),
    value: (values[name] || empty) as T,
    change: (value) => autosave.type(name, value),
    error: draft.refused[name] ?? missing[name],
    conflict: draft.conflicts[name],
  }
}
