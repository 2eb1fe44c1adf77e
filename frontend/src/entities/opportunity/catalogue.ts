/** Labels, states and limits as the server describes them; set before the first page is shown. */
import type { Fields } from '@/api/schema'
import type { WorkflowStatus } from '@/api/types'
import { formFieldLabels } from './strings'

export type Catalogue = Fields
type Field = Catalogue['fields'][number]

let catalogue: Catalogue | null = null

export function setCatalogue(known: Catalogue): void {
  catalogue = known
}

export function fieldsWhere(flag: 'is_sortable' | 'is_filterable' | 'is_groupable' | 'is_searchable' | 'is_in_list'): Field[] {
  return catalogue?.fields.filter((field) => field[flag]) ?? []
}

/** List the CRM's own fields, those that the server's settings add left out. */
export function crmFields(): Field[] {
  return catalogue?.fields.filter(({ name, owner }) => owner === 'crm' && !name.startsWith('extra.')) ?? []
}

/** List what a sync can change in an opportunity. */
export function changeableFields(): Field[] {
  const own = ['workflow_status', 'removed_in_crm_at']
  return catalogue?.fields.filter(({ name, owner }) => owner === 'crm' || own.includes(name)) ?? []
}

export function kindOf(name: string): Field['kind'] | undefined {
  return catalogue?.fields.find((field) => field.name === name)?.kind
}

/** Name a field; a range is found by its parameter, `bid_due` for `bid_due_on`. */
export function fieldLabel(name: string): string {
  const names = [name, `${name}_on`, `${name}_at`]
  const field = catalogue?.fields.find((each) => names.includes(each.name))
  return field?.label ?? formFieldLabels[name] ?? name.replace(/^extra\./, '').replace(/_c$/, '').replaceAll('_', ' ')
}

export function stateLabel(status: string): string {
  return stateOf(status)?.label ?? status
}

export function stateTone(status: WorkflowStatus) {
  return stateOf(status)?.tone ?? 'muted'
}

export function bandLabel(code: string): string {
  return catalogue?.bands.find(({ name }) => name === code)?.label ?? code
}

export function limits() {
  return catalogue?.limits
}

/** Tell whether who did it can undo it for a while. */
export function isReversible(action: string): boolean {
  return catalogue?.actions.find(({ value }) => value === action)?.is_reversible ?? false
}

function stateOf(status: string) {
  return catalogue?.states.find(({ value }) => value === status)
}
