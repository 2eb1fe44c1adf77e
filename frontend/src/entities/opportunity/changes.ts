/** What changed, in words: money with its currency, days, percents and states. Pure. */

import { formatDate, formatDateTime, formatDecimal, formatMoney, formatPercent, NONE } from '@/lib/format'
import { kindOf, stateLabel } from './catalogue'
import {
  confidenceWords,
  decisionWords,
  outcomeWords,
  priorityWords,
  recommendationWords,
  yesOrNo,
} from './strings'

export interface FieldChange {
  field: string
  old?: unknown
  new?: unknown
}

type Show = (value: string, currency: string | null) => string

const MONEY: Show = formatMoney
const BY_FIELD: Record<string, Show> = {
  bid_cost: MONEY,
  bid_effort_days: (value) => formatDecimal(value),
  workflow_status: stateLabel,
  status_before_hold: stateLabel,
  status_before_close: stateLabel,
  decision: named(decisionWords),
  recommendation: named(recommendationWords),
  sa_recommendation: named(recommendationWords),
  crm_outcome: named(outcomeWords),
  crm_status: codeInWords,
  confidence: named(confidenceWords),
  priority: named(priorityWords),
}
const BY_KIND: Record<string, Show> = { amount: MONEY, percent: formatPercent }
const DAY = /^\d{4}-\d\d-\d\d$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** Write a code of the CRM, as ON_HOLD, as a word; what a tenant wrote as words stays. */
function codeInWords(code: string): string {
  return /^[A-Z_]+$/.test(code) ? code[0] + code.slice(1).toLowerCase().replaceAll('_', ' ') : code
}

/** Write a value of the API for people; `currency` is that of the amounts. */
export function valueInWords(field: string, value: unknown, currency: string | null): string {
  if (value === null || value === undefined || value === '') return NONE
  if (Array.isArray(value)) return value.map((each) => itemInWords(each)).join('; ') || NONE
  if (typeof value === 'boolean') return yesOrNo(value)
  if (typeof value === 'object') return itemInWords(value)
  const text = String(value)
  const show = BY_FIELD[field] ?? BY_KIND[kindOf(field) ?? '']
  if (show) return show(text, currency)
  if (DAY.test(text)) return formatDate(text)
  return MOMENT.test(text) ? formatDateTime(text) : text
}

export interface ChangeInWords {
  field: string
  old: string
  now: string
}

/** Write changes made together; `currency` is the one after them. */
export function changesInWords(changes: FieldChange[], currency: string | null): ChangeInWords[] {
  const moved = changes.find(({ field }) => field.endsWith('currency'))
  const before = moved ? textOf(moved.old) : currency
  const since = moved ? textOf(moved.new) : currency
  return changes.map(({ field, old, new: now }) => ({
    field,
    old: valueInWords(field, old, before),
    now: valueInWords(field, now, since),
  }))
}

/** Return the currency of amounts at that time: the newest, unless it changed later. */
export function currencyAt(
  at: string,
  changes: { field: string; old?: unknown; at: string }[],
  newest: string | null,
): string | null {
  const later = changes.filter((change) => change.field === 'currency' && change.at > at)
  const next = later.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))[0]
  return next ? textOf(next.old) : newest
}

/** Group changes by the sync that found them, in the same order. */
export function groupBySync<T extends { at: string; sync_id?: string | null }>(
  changes: T[],
): { id: string; at: string; changes: T[] }[] {
  const runs = new Map<string, { id: string; at: string; changes: T[] }>()
  for (const change of changes) {
    const id = `${change.at} ${change.sync_id ?? ''}`
    const run = runs.get(id) ?? { id, at: change.at, changes: [] }
    runs.set(id, { ...run, changes: [...run.changes, change] })
  }
  return [...runs.values()]
}

function named(words: Record<string, string>): Show {
  return (value) => words[value] ?? value
}

/** Write a value of several parts, such as a competitor with strength and weakness. */
function itemInWords(item: unknown): string {
  if (item === null || typeof item !== 'object') return String(item)
  return Object.values(item).filter(Boolean).map(String).join(', ')
}

function textOf(value: unknown): string | null {
  return value ? String(value) : null
}
