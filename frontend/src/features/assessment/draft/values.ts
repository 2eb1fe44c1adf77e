/** A draft as one flat list of fields, named as the API names them in its errors: `NEED.comment`, `sa_reason`. */

import { readDecimal } from '@/lib/decimal'
import { whyNoNumber } from '@/strings/numbers'
import { isNameless, written } from './competitors'
import { formWords } from '../strings'
import type { Competitor, Content, DraftSave, VersionDetail } from '../types'

export type Value = string | Competitor[]
export type Values = Record<string, Value>

export const UNKNOWN = 'UNKNOWN'
export const NOT_APPLICABLE = 'NA'

/** Recorded beside the answers; what has no value is sent as null where it is a number or a date. */
const RECORDED = [
  'sa_recommendation',
  'sa_reason',
  'confidence',
  'bid_effort_days',
  'bid_cost',
  'bid_cost_currency',
  'customer_deadline_on',
  'competitors',
  'sales_owner_view',
  'open_risks',
  'lessons',
] as const
const NULLABLE = ['bid_effort_days', 'bid_cost', 'customer_deadline_on']
const NUMBERS = ['bid_effort_days', 'bid_cost']
const SECTIONS = ['answers', 'knockouts', 'recorded']

export const answerOf = (code: string) => `${code}.answer`
export const replyOf = (code: string) => `${code}.reply`
/** Name the field that confirms a copied answer unchanged. */
export const confirmationOf = (code: string) => `${code}.confirmed`
export const commentOf = (code: string) => `${code}.comment`

export function criteriaIn(content: Content) {
  return content.groups.flatMap((group) => group.criteria)
}

/** Find the field by its place in the body of a save or in the list of what is missing:
`recorded.bid_effort_days`, `answers.NEED.rating`, `NEED.comment`. */
export function fieldAt(path: string): string {
  const places = path.split('.')
  const section = SECTIONS.includes(places[0] ?? '') ? places.shift() : undefined
  const [name = '', part] = places
  if (section === 'recorded' || (section === undefined && part === undefined)) return name
  if (part === 'comment') return commentOf(name)
  return section === 'knockouts' || part === 'reply' ? replyOf(name) : answerOf(name)
}

/** Compare values; a missing one equals an empty text or list. */
export function isSame(one: Value | undefined, other: Value | undefined): boolean {
  const [first = '', second = ''] = [one, other]
  return (first.length === 0 && second.length === 0) || JSON.stringify(first) === JSON.stringify(second)
}

export function valuesOf(version: VersionDetail | null): Values {
  if (version === null) return {}
  const values: Values = {}
  for (const [code, answer] of Object.entries(version.answers)) {
    values[answerOf(code)] = answer.rating === null ? (answer.kind ?? '') : String(answer.rating)
    values[commentOf(code)] = answer.comment
  }
  for (const [code, knockout] of Object.entries(version.knockouts)) {
    values[replyOf(code)] = knockout.reply ?? ''
    values[commentOf(code)] = knockout.comment
  }
  for (const name of RECORDED) values[name] = (version[name] ?? '') as Value
  return values
}

/** Build the body that saves these fields and no others. */
export function saveOf(content: Content, changed: Values, lockVersion: number): DraftSave {
  const knockouts = new Set(content.knockouts.map((each) => each.code))
  const save = { lock_version: lockVersion, answers: {}, knockouts: {}, recorded: {} }
  for (const [field, value] of Object.entries(changed)) {
    const [code = '', part] = field.split('.')
    if (part === undefined) Object.assign(save.recorded, recorded(field, value))
    else addPart(knockouts.has(code) ? save.knockouts : save.answers, code, part, value)
  }
  return save
}

function addPart(into: Record<string, object>, code: string, part: string, value: Value): void {
  into[code] = { ...into[code], ...partOf(part, value) }
}

/** Build one part of an answer; a code with nothing confirms it. */
function partOf(part: string, value: Value): object {
  if (part === 'confirmed') return {}
  return part === 'answer' ? answered(value) : { [part]: value }
}

function answered(value: Value) {
  if (value === UNKNOWN || value === NOT_APPLICABLE) return { kind: value, rating: null }
  return value === '' ? { kind: '', rating: null } : { kind: 'RATING', rating: Number(value) }
}

function recorded(name: string, value: Value) {
  if (value === '' && NULLABLE.includes(name)) return { [name]: null }
  if (Array.isArray(value)) return { [name]: written(value) }
  return { [name]: NUMBERS.includes(name) ? numberIn(value) : value }
}

/** Read a number; what cannot be read goes as typed, for the server to refuse. */
function numberIn(typed: string): string {
  const read = readDecimal(typed)
  return 'number' in read ? read.number : typed
}

/** Return, by field, why it cannot be sent. */
export function unreadable(changed: Values): Record<string, string> {
  const typed = NUMBERS.filter((name) => changed[name])
  const faults = typed.map((name) => [name, whyNoNumber(String(changed[name]))])
  if ([changed.competitors ?? []].flat().some((row) => typeof row !== 'string' && isNameless(row))) {
    faults.push(['competitors', formWords.competitorNameless])
  }
  return Object.fromEntries(faults.filter(([, why]) => why))
}
