/** Which widgets somebody sees first; the rest follow in the order of their worth to all. */

import type { Me } from '@/api/types'

export const WIDGETS = [
  'my_work',
  'attention',
  'stuck',
  'glance',
  'pipeline',
  'first',
  'age',
  'load',
  'decisions',
  'matrix',
  'win_rate',
  'criteria',
  'reasons',
  'coverage',
  'funnel',
  'scores',
  'recent',
  'forecast',
] as const
export type WidgetName = (typeof WIDGETS)[number]

const FIRST_OF: Partial<Record<Me['roles'][number], WidgetName[]>> = {
  SA: ['my_work', 'attention', 'pipeline'],
  'SA lead': ['attention', 'first', 'age', 'load'],
  'Bid manager': ['attention', 'pipeline', 'decisions', 'coverage'],
  Viewer: ['pipeline', 'decisions', 'matrix', 'win_rate'],
}

export function widgetsFor(roles: Me['roles']): WidgetName[] {
  const first = roles.flatMap((role) => FIRST_OF[role] ?? [])
  // Who works on nothing has no work of their own to see.
  const isWorking = roles.includes('SA') || roles.includes('SA lead')
  const shown = WIDGETS.filter((name) => name !== 'my_work' || isWorking)
  return [...new Set<WidgetName>(['glance', ...first, ...shown])]
}
