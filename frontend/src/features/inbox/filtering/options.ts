import { useQuery } from '@tanstack/react-query'
import { choicesQuery } from '@/api/queries'
import type { components } from '@/api/schema'
import { peopleQuery } from '@/entities/person/people'
import type { MenuEntry } from '@/ui/Menu'
import { strings } from '../strings'

type Choices = components['schemas']['Choices']
type Choice = components['schemas']['Choice']

/** Return the choices of a filter: the CRM's words as they are, ours with the server's labels. */
export function useOptions(filter: string): MenuEntry[] | undefined {
  const { data: choices } = useQuery(choicesQuery)
  const { data: people } = useQuery(peopleQuery('', 'SA'))
  if (!choices || !people) return undefined
  if (filter !== 'assigned_sa') return choicesOf(choices, filter).map(entryOf)
  return [...nobodyAndMe, ...people.results.map(({ id, name }) => ({ id, label: name }))]
}

function choicesOf(choices: Choices, filter: string): (Choice | string)[] {
  const extra = choices.extra_filters.find(({ name }) => name === filter)
  return extra?.words ?? choices[filter as keyof Choices] ?? []
}

function entryOf(choice: Choice | string): MenuEntry {
  return typeof choice === 'string' ? { id: choice, label: choice } : { id: choice.name, label: choice.label }
}

const nobodyAndMe: MenuEntry[] = [
  { id: 'me', label: strings.sa.me },
  { id: 'none', label: strings.sa.none },
]
