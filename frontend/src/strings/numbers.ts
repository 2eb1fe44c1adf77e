import { readDecimal } from '@/lib/decimal'

const faults = {
  'two ways': (typed: string) => `${typed} can mean two numbers. Leave out the thousands separator.`,
  'no number': () => 'Write a number like 1234.5 or 1234,5.',
}

/** Say why the text is no valid number, or nothing where it is. */
export function whyNoNumber(typed: string): string | undefined {
  const read = readDecimal(typed)
  return 'fault' in read ? faults[read.fault](typed.trim()) : undefined
}
