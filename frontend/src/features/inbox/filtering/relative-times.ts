/** Times told from now on, as the API takes them and a saved view keeps them: `-48h`, `7d`. */

import { strings } from '../strings'

const WRITTEN = /^([+-]?)(\d{1,5})([hd])$/

export function isRelative(value: string): boolean {
  return WRITTEN.test(value)
}

/** Write a relative time: `48 hours ago`, `in 7 days`, `today`. */
export function relativeWords(value: string): string {
  const [, sign, number, unit] = WRITTEN.exec(value) ?? []
  if (Number(number) === 0) return unit === 'd' ? strings.today : strings.now
  const long = (unit === 'h' ? strings.hours : strings.days)(Number(number))
  return sign === '-' ? strings.ago(long) : strings.ahead(long)
}

/** What is offered beside a day of one's choice. */
export const OFFERED: Partial<Record<string, string[]>> = {
  close_date_from: ['0d', '30d'],
  close_date_to: ['0d', '7d', '30d', '90d'],
  bid_due_from: ['0d', '7d'],
  bid_due_to: ['0d', '7d', '14d', '30d'],
  changed_since: ['-1d', '-7d', '-30d'],
}
