import type { components } from './schema'

type Schemas = components['schemas']

export type ActionOffer = Schemas['ActionOffer']
export type Amount = Schemas['Amount']
/** Of a list that is grouped. */
export type ListGroup = NonNullable<Schemas['PaginatedOpportunityList']['groups']>[number]
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
export type WorkflowStatus = Schemas['WorkflowStatus']
