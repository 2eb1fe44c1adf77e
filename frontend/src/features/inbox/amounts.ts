import { formatMoneyShort } from '@/lib/format'
import { strings } from './strings'

const MOST_CURRENCIES = 4

interface Sum {
  currency: string | null
  value: string
}

/** Write the values of rows, per currency. */
export function amountsOf(sums: Sum[]): string {
  const shown = sums
    .filter(({ currency }) => currency !== null)
    .slice(0, MOST_CURRENCIES)
    .map(({ currency, value }) => formatMoneyShort(value, currency))
  const others = sums.length - shown.length
  return sideBySide(others > 0 ? [...shown, strings.otherCurrencies(others)] : shown)
}

/** Join amounts without a plus sign: they are not added up. */
export function sideBySide(amounts: string[]): string {
  return amounts.join(' · ')
}
