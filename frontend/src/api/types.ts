import type { ActionOffer, FieldAction, ForYou, Jump, PaginatedOpportunityList, Progress, RunChangeKind } from './schema'

export type {
  Amount, ChangedOpportunity, ForYou, ForYouRow, Me, Opportunity, OpportunityDetail, Person, PersonLoad,
  RowResult, SavedView, SyncLog, SyncStatus, Tab, WorkflowStatus,
} from './schema'
export type AvailableAction = ActionOffer
/** What an action asks for, here and for many at once. */
export type AskedAction = Pick<AvailableAction, 'asks' | 'may_ask'>
export type AskedName = AvailableAction['asks'][number]
/** Of a list that is grouped. */
export type ListGroup = NonNullable<PaginatedOpportunityList['groups']>[number]
export type ChangeKind = RunChangeKind
export type ForYouSection = ForYou['sections'][number]
export type JumpRow = Jump
export type SyncProgress = Progress
/** An action as the workflow's table describes it, whoever looks. */
export type WorkflowActionInfo = FieldAction
