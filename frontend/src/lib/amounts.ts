/** Money without floats: adding it up, never across currencies, and the decimals of it that are shown. */

export interface Amount {
  currency: string | null
  value: string
}

const PLACES = 4

export function sumByCurrency(amounts: { currency: string | null; value: string | null }[]): Amount[] {
  const sums = new Map<string | null, bigint>()
  for (const { currency, value } of amounts) {
    if (value !== null) sums.set(currency, (sums.get(currency) ?? 0n) + scaled(value))
  }
  return [...sums].map(([currency, sum]) => ({ currency, value: unscaled(sum) }))
}

function scaled(value: string): bigint {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
  const size = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  return value.startsWith('-') ? -size : size
}

function unscaled(sum: bigint): string {
  const digits = (sum < 0n ? -sum : sum).toString().padStart(PLACES + 1, '0')
  const sign = sum < 0n ? '-' : ''
  return `${sign}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`
}

/** Return the decimals to show: none of a whole amount, else at least those of its currency. */
export function shownPlaces(value: string | null, ofCurrency: number): number {
  const needed = (value?.split('.')[1] ?? '').replace(/0+$/, '').length
  return needed === 0 ? 0 : Math.max(ofCurrency, needed)
}

/** Tell whether an amount is too small to shorten: 0.40 would become 0. */
export function isSmall(value: string | null): boolean {
  return value !== null && Math.abs(Number(value)) < 1000
}
