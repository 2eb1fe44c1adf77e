/** What the whole dashboard is narrowed to; it stands in the address, so that it can be shared. */

const FILTERS = [
  'practice',
  'geo',
  'sector',
  'assigned_sa',
  'currency',
  'period_from',
  'period_to',
] as const
/** In place of a currency: all of them, none converted. */
export const EACH = 'each'
export type DashboardFilter = Partial<Record<(typeof FILTERS)[number], string>>

export function filterOf(search: Record<string, unknown>): DashboardFilter {
  const found: DashboardFilter = {}
  for (const name of FILTERS) {
    const value = [search[name]].flat()[0]
    if (typeof value === 'string' && value !== '') found[name] = value
  }
  return found
}

/** Write the filter as the API takes it: lists where several can be chosen. */
export function queryOf({ practice, geo, sector, currency, ...single }: DashboardFilter) {
  const one = currency === EACH ? undefined : currency
  return {
    ...single,
    // Whoever asks for one currency reads it in that currency.
    ...(currency && { amounts: 'each' as const }),
    ...(practice && { practice: [practice] }),
    ...(geo && { geo: [geo] }),
    ...(sector && { sector: [sector] }),
    ...(one && { currency: [one] }),
  }
}

/** What narrows a list, as its address has it. */
export type RowFilter = Record<string, string[]>

/** Return the filter of the list behind a widget: all but the period. */
export function listFilterOf({ period_from: _from, period_to: _to, ...filter }: DashboardFilter): RowFilter {
  return Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => (value && value !== EACH ? [[name, [value]]] : [])))
}

/** In these the next step is one of ours, and is taken within days. */
export const AT_WORK: string[] = ['NEW', 'ASSIGNED', 'IN_ASSESSMENT', 'RETURNED', 'IN_REVIEW']

/** What somebody has to do something with, and nobody did for two days, whenever it is asked for. */
export const STUCK: RowFilter = { workflow_status: AT_WORK, entered_before: ['-48h'] }
