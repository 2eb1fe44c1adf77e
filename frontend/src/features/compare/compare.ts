/** The rows of a comparison, in words, and which of them differ. Pure. */
import type { VersionDetail as Version } from '@/api/schema'
import type { Opportunity } from '@/api/types'
import { bandLabel, crmFields, fieldLabel } from '@/entities/opportunity/catalogue'
import { valueInWords } from '@/entities/opportunity/changes'
import { MOST_COMPARED, recommendationWords } from '@/entities/opportunity/strings'
import { formatDateTime, formatDecimal, NONE } from '@/lib/format'
import { strings } from './strings'

export interface Compared {
  opportunity: Opportunity
  version: Version | null
}

export interface CompareRow {
  label: string
  values: string[]
  isDifferent: boolean
}

/** Read the ids of the address, each once, as many as have room. */
export function readIds(asked: string | string[] | undefined): { ids: string[]; isCut: boolean } {
  const all = [...new Set([asked ?? []].flat())].filter((id) => /^\d{1,18}$/.test(id))
  return { ids: all.slice(0, MOST_COMPARED), isCut: all.length > MOST_COMPARED }
}

/** The heading has name and number, and amounts are written with their currency. */
const NOT_COMPARED = ['id', 'remote_id', 'name', 'opty_number', 'currency', 'crm_updated_at', 'crm_created_at']
const WORK = ['workflow_status', 'assigned_sa', 'bid_due_on', 'due_at', 'decision', 'decided_at']

export function crmRows(compared: Compared[]): CompareRow[] {
  const names = crmFields().map(({ name }) => name).filter((name) => !NOT_COMPARED.includes(name))
  return names.map((name) => fieldRow(name, compared))
}

export function workRows(compared: Compared[]): CompareRow[] {
  return WORK.map((name) => fieldRow(name, compared))
}

function fieldRow(name: string, compared: Compared[]): CompareRow {
  return row(fieldLabel(name), compared.map(({ opportunity }) => fieldInWords(name, opportunity)))
}

function fieldInWords(name: string, opportunity: Opportunity): string {
  if (name === 'assigned_sa') return opportunity.assigned_sa?.name ?? NONE
  if (name === 'due_at' && opportunity.clock === 'NONE') return NONE
  return valueInWords(name, opportunity[name as keyof Opportunity], opportunity.currency)
}

/** Show the score, then each criterion that any of the versions asks. */
export function scoreRows(compared: Compared[]): CompareRow[] {
  const ofVersion = (label: string, show: (version: Version) => string) =>
    row(label, compared.map(({ version }) => (version ? show(version) : NONE)))
  const names = new Map(compared.flatMap(({ version }) => (version ? criteriaOf(version) : [])))
  return [
    row(strings.version, compared.map(({ version }) => versionInWords(version))),
    ofVersion(fieldLabel('score'), ({ score }) => formatDecimal(score)),
    ofVersion(fieldLabel('band'), ({ band }) => (band ? bandLabel(band) : NONE)),
    ofVersion(fieldLabel('recommendation'), ({ recommendation: said }) => (said ? recommendationWords[said] : NONE)),
    ...[...names].map(([code, name]) => ofVersion(name, ({ answers }) => answerInWords(answers[code]))),
  ]
}

function criteriaOf({ content }: Version): [string, string][] {
  return content.groups.flatMap(({ criteria }) => criteria.map(({ code, name }): [string, string] => [code, name]))
}

function versionInWords(version: Version | null): string {
  return version ? strings.versionOf(version.version_no, formatDateTime(version.submitted_at)) : strings.noScore
}

function answerInWords(answer: Version['answers'][string] | undefined): string {
  if (!answer?.kind) return NONE
  if (answer.kind === 'UNKNOWN') return strings.unknown
  return answer.kind === 'NA' ? strings.notApplicable : String(answer.rating)
}

export function row(label: string, values: string[]): CompareRow {
  return { label, values, isDifferent: new Set(values).size > 1 }
}
