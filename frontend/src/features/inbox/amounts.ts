import { formatMoneyShort } from '@/lib/format'
import { strings } from './strings'

const MOST_CURRENCIES = 4

interface Sum {
  currency: string | null
  value: string
}

/** What rows are worth, each currency for itself. */
export function amountsOf(sums: Sum[]): string {
  const shown = sums
    .filter(({ currency }) => currency !== null)
    .slice(0, MOST_CURRENCIES)
    .map(({ currency, value }) => formatMoneyShort(value, currency))
  const others = sums.length - shown.length
  return sideBySide(others > 0 ? [...shown, strings.otherCurrencies(others)] : shown)
}

/** No plus sign: nobody adds them up. */
export function sideBySide(amounts: string[]): string {
  return amounts.join(' · ')
}
