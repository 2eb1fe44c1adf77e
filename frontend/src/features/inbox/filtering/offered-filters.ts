/** The filters that the page offers, as the catalogue says what can be filtered by. */

import { fieldsWhere } from '@/entities/opportunity/catalogue'

/** Those that stand first. */
export const USUAL_FILTERS = ['workflow_status', 'assigned_sa', 'practice', 'geo', 'stage', 'band']

const CHOSEN = ['word', 'choice', 'person']
const BOUNDS: Record<string, [string[], 'number' | 'date']> = {
  amount: [['min', 'max'], 'number'],
  percent: [['min', 'max'], 'number'],
  date: [['from', 'to'], 'date'],
}

/** List the filters whose values are chosen, the usual ones left out. */
export function moreWordFilters(): string[] {
  const chosen = fieldsWhere('is_filterable').filter(({ kind }) => CHOSEN.includes(kind))
  return chosen.map(({ name }) => name).filter((name) => !USUAL_FILTERS.includes(name))
}

/** List the parameters of amounts and days, and when anybody changed it last. */
export function rangeFilters(): [string, 'number' | 'date'][] {
  const ranges = fieldsWhere('is_filterable').flatMap(({ name, kind }) => {
    const [bounds, type] = BOUNDS[kind] ?? [[], 'date']
    return bounds.map((bound): [string, 'number' | 'date'] => [`${name.replace(/_on$/, '')}_${bound}`, type])
  })
  return [...ranges, ['changed_since', 'date']]
}
