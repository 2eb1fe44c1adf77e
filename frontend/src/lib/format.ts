/** The only place that knows Intl: dates, numbers and money, in the product's own words. */

import { isSmall, shownPlaces } from './amounts'
import { now } from './clock'
import { LOCALE } from './locale'

export const NONE = '—'
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How a person likes dates and numbers written; the words stay English. */
export const FORMATS = ['en-GB', 'en-US', 'en-DE', 'en-SE'] as const
type Format = (typeof FORMATS)[number]

let chosen: Format = LOCALE
let written = formatsIn(LOCALE)

function formatsIn(locale: Format, timeZone?: string) {
  return {
    count: new Intl.NumberFormat(locale),
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
    clock: new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }),
    dayParts: new Intl.DateTimeFormat(locale, { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }),
    month: new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }),
    longMonth: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
  }
}

/** Write dates and numbers in this way from now on; what nobody knows is left as it is by default. */
export function setFormats(format: string, timeZone: string): void {
  chosen = FORMATS.find((each) => each === format) ?? LOCALE
  written = formatsIn(chosen, timeZones().includes(timeZone) ? timeZone : undefined)
}

/** Show a format by what it looks like. */
export function exampleOf(locale: Format): string {
  return `${formatsIn(locale).day.format(Date.UTC(2027, 4, 14))} · ${new Intl.NumberFormat(locale).format(12345.6)}`
}

export function timeZones(): string[] {
  return Intl.supportedValuesOf('timeZone')
}

/** Name the zone of this computer. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat(LOCALE).resolvedOptions().timeZone
}

export function formatCount(value: number): string {
  return written.count.format(value)
}

/** Say how many rows a list has, or about how many where nobody counted all. */
export function formatListCount({ count, count_is_estimated: isEstimated }: { count: number; count_is_estimated: boolean }) {
  return isEstimated ? `about ${formatCount(Number(count.toPrecision(3)))}` : formatCount(count)
}

/** Format a decimal of the API, never through a float. */
export function formatDecimal(value: string | null, digits = 1): string {
  if (value === null) return NONE
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(chosen, shown).format(value as Intl.StringNumericLiteral)
}

/** Format a rate with all its decimals, without trailing zeros. */
export function formatExactly(value: string): string {
  const shown = { maximumFractionDigits: 8 }
  return new Intl.NumberFormat(chosen, shown).format(value as Intl.StringNumericLiteral)
}

export function formatPercent(value: string | number | null): string {
  if (value === null) return NONE
  return new Intl.NumberFormat(chosen, { style: 'percent', maximumFractionDigits: 1 }).format(Number(value) / 100)
}

export function formatMoney(value: string | null, currency: string | null): string {
  return money(value, currency, exactly(shownPlaces(value, placesOf(currency))))
}

export function formatMoneyShort(value: string | null, currency: string | null): string {
  if (isSmall(value)) return formatMoney(value, currency)
  return money(value, currency, { notation: 'compact', maximumFractionDigits: 1 })
}

/** Return a currency's decimals by ISO 4217: KWD has three, JPY none. */
function placesOf(currency: string | null): number {
  try {
    const styled = { style: 'currency', currency: currency ?? '' } as const
    return new Intl.NumberFormat(LOCALE, styled).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

function exactly(places: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: places, maximumFractionDigits: places }
}

function money(value: string | null, currency: string | null, how: Intl.NumberFormatOptions): string {
  if (value === null) return NONE
  const decimal = value as Intl.StringNumericLiteral
  if (!currency) return new Intl.NumberFormat(chosen, how).format(decimal)
  try {
    const styled = { ...how, style: 'currency', currency, currencyDisplay: 'code' } as const
    return new Intl.NumberFormat(chosen, styled).format(decimal)
  } catch {
    // The CRM may write a currency that is none.
    return `${currency} ${new Intl.NumberFormat(chosen, how).format(decimal)}`
  }
}

/** Format a date without a time, `2026-11-24`. */
export function formatDate(iso: string | null): string {
  return iso === null ? NONE : written.day.format(new Date(`${iso}T00:00:00Z`))
}

/** Format a month, `2026-11`. */
export function formatMonth(iso: string): string {
  return written.month.format(new Date(`${iso}-01T00:00:00Z`))
}

/** Format the month of a date in full, `December 2026`. */
export function formatLongMonth(iso: string): string {
  return written.longMonth.format(new Date(`${iso}T00:00:00Z`))
}

/** Format the weekday of a date, `Thu`. */
export function formatWeekday(iso: string): string {
  return written.weekday.format(new Date(`${iso}T00:00:00Z`))
}

export function formatDateTime(iso: string | null): string {
  return iso === null ? NONE : written.moment.format(new Date(iso))
}

export function formatTime(at: string | Date): string {
  return written.clock.format(new Date(at))
}

/** Return the day of a moment, `2026-12-03`, in the chosen zone. */
export function dayOf(moment: string | number): string {
  const parts = written.dayParts.formatToParts(new Date(moment))
  return (['year', 'month', 'day'] as const).map((part) => parts.find(({ type }) => type === part)?.value).join('-')
}

/** Return when a day begins in the chosen zone, for the server. */
export function startOf(day: string): string {
  // Every zone is a number of quarters of an hour from UTC, at most 14 hours ahead.
  let at = Date.parse(day) - 14 * HOUR * 1000
  while (dayOf(at) < day) at += 15 * MINUTE * 1000
  return new Date(at).toISOString()
}

/** Format an age: `3 hours ago`, `in 2 days`. */
export function formatRelative(iso: string, at = now()): string {
  const seconds = (new Date(iso).getTime() - at) / 1000
  const size = Math.abs(seconds)
  if (size < MINUTE) return written.relative.format(0, 'minute')
  if (size < HOUR) return written.relative.format(Math.trunc(seconds / MINUTE), 'minute')
  if (size < 2 * DAY) return written.relative.format(Math.trunc(seconds / HOUR), 'hour')
  return written.relative.format(Math.trunc(seconds / DAY), 'day')
}

/** Format a size in bytes: `84 kB`, `1.2 MB`. */
export function formatSize(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1000), 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  const how = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(chosen, how).format(value)
}

/** Format a duration: `1 h 4 min`, `4 min 12 s`, `0.8 s`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return inUnit(Math.round(seconds * 10) / 10, 'second')
  const whole = Math.round(seconds)
  if (whole < MINUTE) return inUnit(whole, 'second')
  if (whole < HOUR) {
    return `${inUnit(Math.floor(whole / MINUTE), 'minute')} ${inUnit(whole % MINUTE, 'second')}`
  }
  return `${inUnit(Math.floor(whole / HOUR), 'hour')} ${inUnit(Math.floor((whole % HOUR) / MINUTE), 'minute')}`
}

function inUnit(value: number, unit: 'second' | 'minute' | 'hour'): string {
  return new Intl.NumberFormat(chosen, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}

const order = new Intl.Collator(LOCALE)

/** Compare two words for sorting. */
export function compareWords(one: string, other: string): number {
  return order.compare(one, other)
}
