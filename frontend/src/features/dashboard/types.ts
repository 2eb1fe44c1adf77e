import type { components } from '@/api/schema'
import type { DashboardFilter } from './filter'

type Schemas = components['schemas']

export type BandWinRate = Schemas['BandWinRate']
export type DashboardFigures = Schemas['Dashboard']
export type DecidedMonth = Schemas['DecidedMonth']
export type Figure = Schemas['Figure']
export type PracticeAndGeo = Schemas['PracticeAndGeo']
export type WorkloadOfSa = Schemas['WorkloadOfSa']

export interface WidgetProps {
  figures: DashboardFigures
  filter: DashboardFilter
}
