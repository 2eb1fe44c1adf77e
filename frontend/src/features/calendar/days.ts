/** Days as text, `2026-12-03`: weeks begin on Monday. Pure. */

const DAY_MS = 86_400_000
const DAY = /^\d{4}-\d\d-\d\d$/

export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** Go to the same day of another month, or to its last day. */
export function addMonths(day: string, count: number): string {
  const at = new Date(day)
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(at.getUTCDate(), last))
  return first.toISOString().slice(0, 10)
}

export function weekOf(day: string): string[] {
  const monday = addDays(day, -((new Date(day).getUTCDay() + 6) % 7))
  return Array.from({ length: 7 }, (_, place) => addDays(monday, place))
}

/** List the weeks that have a day of this month. */
export function monthGrid(day: string): string[][] {
  const month = day.slice(0, 7)
  const weeks: string[][] = []
  for (let week = weekOf(`${month}-01`); week.some((each) => each.startsWith(month)); week = weekOf(addDays(week[0] ?? day, 7))) {
    weeks.push(week)
  }
  return weeks
}

/** Return the day that a key leads to, or null where it leads nowhere. */
export function dayByKey(day: string, key: string): string | null {
  const steps: Record<string, () => string | undefined> = {
    ArrowLeft: () => addDays(day, -1),
    ArrowRight: () => addDays(day, 1),
    ArrowUp: () => addDays(day, -7),
    ArrowDown: () => addDays(day, 7),
    Home: () => weekOf(day)[0],
    End: () => weekOf(day)[6],
    PageUp: () => addMonths(day, -1),
    PageDown: () => addMonths(day, 1),
  }
  return steps[key]?.() ?? null
}
