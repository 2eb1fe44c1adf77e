import { useQuery } from '@tanstack/react-query'
import type { components } from '@/api/schema'
import type { PersonLoad } from '@/api/types'
import { choicesQuery } from '@/api/queries'
import { peopleQuery } from '@/entities/person/people'
import type { MenuEntry } from '@/ui/Menu'
import { strings } from '../strings'

export type WordFilter =
  | 'workflow_status'
  | 'assigned_sa'
  | 'practice'
  | 'geo'
  | 'sector'
  | 'stage'
  | 'band'
  | 'decision'
  | 'currency'
  | 'crm_status'
  | 'crm_outcome'
  | `extra.${string}`

export type Options = Partial<Record<WordFilter, MenuEntry[]>>

/** Return the choices of each filter: the CRM's words as they are, ours with the server's labels. */
export function useOptions(): Options | undefined {
  const { data: choices } = useQuery(choicesQuery)
  const { data: people } = useQuery(peopleQuery('', 'SA'))
  return choices && people && optionsOf(choices, people.results)
}

function optionsOf(choices: components['schemas']['Choices'], people: PersonLoad[]): Options {
  const { workflow_status, band, decision, crm_outcome } = choices
  return {
    workflow_status: named(workflow_status),
    assigned_sa: [...nobodyAndMe, ...people.map(({ id, name }) => ({ id, label: name }))],
    practice: asWritten(choices.practice),
    geo: asWritten(choices.geo),
    sector: asWritten(choices.sector),
    stage: asWritten(choices.stage),
    band: named(band),
    decision: named(decision),
    currency: asWritten(choices.currency),
    crm_status: asWritten(choices.crm_status),
    crm_outcome: named(crm_outcome),
    ...Object.fromEntries(choices.extra_filters.map(({ name, words }) => [name, asWritten(words)])),
  }
}

const nobodyAndMe: MenuEntry[] = [
  { id: 'me', label: strings.sa.me },
  { id: 'none', label: strings.sa.none },
]

function named(choices: components['schemas']['Choice'][]): MenuEntry[] {
  return choices.map(({ name, label }) => ({ id: name, label }))
}

function asWritten(words: string[]): MenuEntry[] {
  return words.map((word) => ({ id: word, label: word }))
}
