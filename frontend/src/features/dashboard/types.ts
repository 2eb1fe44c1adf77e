import type { Dashboard } from '@/api/schema'
import type { DashboardFilter } from './filter'

export type { BandWinRate, DecidedMonth, Figure, PracticeAndGeo, WorkloadOfSa } from '@/api/schema'
export type DashboardFigures = Dashboard

export interface WidgetProps {
  figures: DashboardFigures
  filter: DashboardFilter
}
