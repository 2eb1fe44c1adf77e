/** What can be done on the page that is open: each part tells it while it is shown. */

import { useEffect, useId } from 'react'
import { compareWords } from './format'

export interface Command {
  id: string
  label: string
  /** What tells it from others of its name. */
  description?: string
  /** The keys that do the same. */
  keys?: string
  run: () => void
}

const told = new Map<string, Command[]>()

/** Register a part's commands while it is shown. */
export function useCommands(commands: Command[]): void {
  const part = useId()
  useEffect(() => {
    told.set(part, commands)
    return () => void told.delete(part)
  })
}

/** List the page's commands by name. */
export function commandsOfPage(): Command[] {
  return [...told.values()].flat().toSorted((one, other) => compareWords(one.label, other.label))
}

/** Find the commands that contain every typed word. */
export function matching(commands: Command[], typed: string): Command[] {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  return commands.filter(({ label, description = '' }) => {
    const text = plain(`${label} ${description}`)
    return words.every((word) => text.includes(word))
  })
}

/** Fold accents and apostrophes as the server's search does: Muller finds Müller. */
function plain(text: string): string {
  return text
    .replaceAll(/[`´ʹʻʼʽˈ‘’‛′＇]/g, "'")
    .normalize('NFKD')
    .replaceAll(/[\p{Diacritic}\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase()
}
