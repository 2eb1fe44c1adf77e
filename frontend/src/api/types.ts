import type { components } from './schema'

type Schemas = components['schemas']

export type AvailableAction = Schemas['ActionOffer']
/** What an action asks for, here and for many at once. */
export type AskedAction = Pick<AvailableAction, 'asks' | 'may_ask'>
export type AskedName = AvailableAction['asks'][number]
export type Amount = Schemas['Amount']
/** Of a list that is grouped. */
export type ListGroup = NonNullable<Schemas['PaginatedOpportunityList']['groups']>[number]
export type ChangedOpportunity = Schemas['ChangedOpportunity']
export type ChangeKind = Schemas['RunChangeKind']
export type ForYou = Schemas['ForYou']
export type ForYouRow = Schemas['ForYouRow']
export type ForYouSection = ForYou['sections'][number]
export type JumpRow = Schemas['Jump']
export type Me = Schemas['Me']
export type Opportunity = Schemas['Opportunity']
export type OpportunityDetail = Schemas['OpportunityDetail']
export type Person = Schemas['Person']
export type PersonLoad = Schemas['PersonLoad']
export type RowResult = Schemas['RowResult']
export type SavedView = Schemas['SavedView']
export type SyncLog = Schemas['SyncLog']
export type SyncStatus = Schemas['SyncStatus']
export type SyncProgress = Schemas['Progress']
export type Tab = Schemas['Tab']
/** An action as the workflow's table describes it, whoever looks. */
export type WorkflowActionInfo = Schemas['FieldAction']
export type WorkflowStatus = Schemas['WorkflowStatus']
