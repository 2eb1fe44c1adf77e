import { readDecimal } from '@/lib/decimal'

const faults = {
  'two ways': (typed: string) => `${typed} can mean two numbers. Leave out what separates the thousands.`,
  'no number': () => 'Write a number, as 1234.5 or 1234,5.',
}

/** Why what was typed is no number that can be sent; nothing where it is. */
export function whyNoNumber(typed: string): string | undefined {
  const read = readDecimal(typed)
  return 'fault' in read ? faults[read.fault](typed.trim()) : undefined
}
