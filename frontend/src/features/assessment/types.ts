import type { Competitor as SentCompetitor, Draft } from '@/api/schema'

export type {
  Comparison, Content, Criterion, CriterionGroup, DraftSave, Knockout, Recommendation, ReviewComment,
  ReviewThread, Scoring, Version, VersionDetail,
} from '@/api/schema'
export type Competitor = Required<SentCompetitor>
export type DraftAnswer = Draft
