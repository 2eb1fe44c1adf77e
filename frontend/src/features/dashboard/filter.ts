/** What the whole dashboard is narrowed to; it stands in the address, so that it can be shared. */

const FILTERS = ['practice', 'geo', 'assigned_sa', 'currency', 'period_from', 'period_to'] as const
export type DashboardFilter = Partial<Record<(typeof FILTERS)[number], string>>

export function filterOf(search: Record<string, unknown>): DashboardFilter {
  const found: DashboardFilter = {}
  for (const name of FILTERS) {
    const value = [search[name]].flat()[0]
    if (typeof value === 'string' && value !== '') found[name] = value
  }
  return found
}

/** As the API takes it: lists where several could be chosen. */
export function queryOf({ practice, geo, currency, ...single }: DashboardFilter) {
  return {
    ...single,
    ...(practice && { practice: [practice] }),
    ...(geo && { geo: [geo] }),
    ...(currency && { currency: [currency] }),
  }
}
