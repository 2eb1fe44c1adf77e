import type { Competitor } from '../types'

export function competitorsInWords(competitors: Competitor[]): string {
  return competitors.map(({ name, strength, weakness }) => inWords(name, strength, weakness)).join('; ')
}

function inWords(name: string, strength: string, weakness: string): string {
  const sides = [strength && `+ ${strength}`, weakness && `- ${weakness}`].filter(Boolean)
  return sides.length > 0 ? `${name} (${sides.join(', ')})` : name
}

export function isBlank(row: Competitor): boolean {
  return Object.values(row).every((text) => text.trim() === '')
}

export function isNameless(row: Competitor): boolean {
  return row.name.trim() === '' && !isBlank(row)
}

export function written(rows: Competitor[]): Competitor[] {
  return rows.filter((row) => !isBlank(row))
}
