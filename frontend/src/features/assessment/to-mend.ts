import type { MouseEvent } from 'react'
import { fieldWord } from '@/entities/opportunity/strings'
import type { Draft } from './draft'
import { elementId } from './DraftContext'
import { conflictWords } from './strings'

/** By field, in a sentence that names it: what the server refuses, and what two people wrote. */
export function unsavedIn({ refused, conflicts }: Draft): Record<string, string> {
  const told = [
    ...Object.entries(refused),
    ...Object.entries(conflicts).map(([field, { by }]) => [field, conflictWords.choose(by)] as const),
  ]
  return Object.fromEntries(told.map(([field, sentence]) => [field, named(field, sentence)]))
}

function named(field: string, sentence: string): string {
  const [name = ''] = field.split('.')
  const word = fieldWord(name)
  return sentence.includes(name) || sentence.includes(word) ? sentence : `${word}: ${sentence}`
}

/** The address stays: it is the page's, not the field's. */
export function goTo(event: MouseEvent, field: string): void {
  event.preventDefault()
  const element = document.getElementById(elementId(field))
  element?.focus()
  element?.scrollIntoView({ block: 'center' })
}
