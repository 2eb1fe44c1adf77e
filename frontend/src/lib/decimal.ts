/** Numbers as people type them, `1.234,56` and `1,234.56`; opportunities/domain/decimals.py reads them alike. Pure. */

const PLAIN = /^-?\d+(?:[.,]\d+)?$/
const GROUPED = /^-?\d{1,3}([.,'’ ])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/
/** 1234 to some, and to others one and a bit. */
const TWO_WAYS = /^-?[1-9]\d{0,2}[.,]\d{3}$/

type NoNumber = 'two ways' | 'no number'

/** Return the number as the API writes it, `1234.56`, or why that would be a guess. */
export function readDecimal(typed: string): { number: string } | { fault: NoNumber } {
  const text = typed.trim().replace(/\s/g, ' ').replace('−', '-')
  if (TWO_WAYS.test(text)) return { fault: 'two ways' }
  if (PLAIN.test(text)) return { number: text.replace(',', '.') }
  const separator = GROUPED.exec(text)?.[1]
  if (separator === undefined) return { fault: 'no number' }
  return { number: text.replaceAll(separator, '').replace(',', '.') }
}
