import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Comparison = Schemas['Comparison']
export type Competitor = Required<Schemas['Competitor']>
export type Content = Schemas['Content']
export type Criterion = Schemas['Criterion']
export type CriterionGroup = Schemas['CriterionGroup']
export type DraftAnswer = Schemas['Draft']
export type DraftSave = Schemas['DraftSave']
export type Knockout = Schemas['Knockout']
export type Recommendation = Schemas['Recommendation']
export type ReviewThread = Schemas['ReviewThread']
export type ReviewComment = Schemas['ReviewComment']
export type Scoring = Schemas['Scoring']
export type Version = Schemas['Version']
export type VersionDetail = Schemas['VersionDetail']
