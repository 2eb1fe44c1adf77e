import type { MouseEvent } from 'react'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import type { Draft } from './draft'
import { elementId } from './DraftContext'
import { conflictWords } from '../strings'

/** Return, by field, a sentence for each invalid or conflicting value. */
export function unsavedFieldErrors({ refused, conflicts }: Draft): Record<string, string> {
  const sentences = [
    ...Object.entries(refused),
    ...Object.entries(conflicts).map(([field, { by }]) => [field, conflictWords.choose(by)] as const),
  ]
  return Object.fromEntries(sentences.map(([field, sentence]) => [field, named(field, sentence)]))
}

function named(field: string, sentence: string): string {
  const [name = ''] = field.split('.')
  const word = fieldLabel(name)
  return sentence.includes(name) || sentence.includes(word) ? sentence : `${word}: ${sentence}`
}

/** Focus the field and keep the address, which is the page's. */
export function focusField(event: MouseEvent, field: string): void {
  event.preventDefault()
  const element = document.getElementById(elementId(field))
  element?.focus()
  element?.scrollIntoView({ block: 'center' })
}
