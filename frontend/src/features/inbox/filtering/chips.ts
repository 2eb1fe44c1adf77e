import { useQuery } from '@tanstack/react-query'
import { choicesQuery, reasonsQuery } from '@/api/queries'
import { bandLabel, stateLabel } from '@/entities/opportunity/catalogue'
import { decisionWords, outcomeWords } from '@/entities/opportunity/strings'
import { useNamesOf } from '@/entities/person/people'
import { formatCount, formatDate, formatDateTime } from '@/lib/format'
import { groupsOf } from './any-of'
import { filterLabel } from './filter-labels'
import { isRelative, relativeWords } from './relative-times'
import { fromText, type InboxSearch, withFilter } from './search'
import { strings } from '../strings'

export interface Chip {
  label: string
  /** The list without it. */
  without: InboxSearch
}

/** Names of people by id, of reasons by code and of criteria by `rated` and code, as far as they are known. */
type Names = Record<string, string>

const DAY = /^\d{4}-\d\d-\d\d$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

const WORDS: Record<string, Record<string, string>> = {
  decision: decisionWords,
  crm_outcome: outcomeWords,
  attention_reason: strings.attention,
  for_you: strings.forYou,
  age: strings.age,
  reached: strings.reached,
  first_answer: strings.firstAnswer,
}

/** Return a chip for each active filter value, the search included. */
export function chipsOf(search: InboxSearch, names: Names): Chip[] {
  const filters = Object.entries(search.filters).flatMap(([name, values]) =>
    values.map((value, place) => ({
      label: name === 'either' ? groupLabel(value, place, names) : labelOf(name, value, names),
      without: withFilter(
        search,
        name,
        values.filter((each) => each !== value),
      ),
    })),
  )
  if (search.text === '') return filters
  const without = { ...search, text: '', page: 1, row: '' }
  return [{ label: strings.clearSearch(search.text), without }, ...filters]
}

/** Write a whole group as one chip: its filters belong together. */
function groupLabel(group: string, place: number, names: Names): string {
  const inside = chipsOf(fromText(group), names).map((chip) => chip.label)
  return strings.group(place, inside.join(', '))
}

function labelOf(name: string, value: string, names: Names): string {
  const flag = strings.flags[name]
  if (flag) return value === 'true' ? flag : strings.not(flag)
  return strings.is(filterLabel(name), wordOf(name, value, names))
}

function wordOf(name: string, value: string, names: Names): string {
  if (name === 'assigned_sa') return { ...names, ...strings.sa }[value] ?? value
  if (name === 'reason_code') return names[value] ?? humanizeCode(value)
  if (name === 'rated') return names[`rated ${value}`] ?? value
  if (name === 'workflow_status') return stateLabel(value)
  const words = WORDS[name]
  if (words) return words[value] ?? value
  if (name.startsWith('deal_value') && Number(value)) return formatCount(Number(value))
  if (name.endsWith('band')) return bandLabel(value)
  if (DAY.test(value)) return formatDate(value)
  if (isOfTime(name) && isRelative(value)) return relativeWords(value)
  return MOMENT.test(value) ? formatDateTime(value) : humanizeCode(value)
}

const isOfTime = (name: string) => /_(from|to|before|since)$/.test(name)

/** Write `NO_BID` as No bid; words of the CRM stay as they are. */
function humanizeCode(value: string): string {
  if (!/^[A-Z]+(_[A-Z]+)+$/.test(value)) return value
  return value.charAt(0) + value.slice(1).toLowerCase().replaceAll('_', ' ')
}

/** Return the chips with the names of people, also of those who left, of reasons and of criteria. */
export function useChips(search: InboxSearch): Chip[] {
  const all = [search, ...groupsOf(search)]
  const people = all.flatMap(({ filters }) => filters.assigned_sa ?? [])
  const hasReasons = all.some(({ filters }) => filters.reason_code)
  const hasRated = all.some(({ filters }) => filters.rated)
  return chipsOf(search, { ...useReasons(hasReasons), ...useCriteria(hasRated), ...useNamesOf(people) })
}

function useReasons(enabled: boolean): Record<string, string> {
  const { data } = useQuery({ ...reasonsQuery, enabled })
  const reasons = data ? [...data.no_bid, ...data.override] : []
  return Object.fromEntries(reasons.map(({ code, label }) => [code, label]))
}

function useCriteria(enabled: boolean): Record<string, string> {
  const { data } = useQuery({ ...choicesQuery, enabled })
  return Object.fromEntries(data?.rated.map(({ name, label }) => [`rated ${name}`, label]) ?? [])
}
