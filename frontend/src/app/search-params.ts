/** Search parameters as plain text: the router's own coding makes a number of `662E41`. */

export type PlainSearch = Record<string, string | string[]>

export function parseSearch(text: string): PlainSearch {
  const found: PlainSearch = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const before = found[key]
    found[key] = before === undefined ? value : [before, value].flat()
  }
  return found
}

export function stringifySearch(search: Record<string, unknown>): string {
  const written = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== null && each !== '') written.append(key, String(each))
    }
  }
  const text = written.toString()
  return text ? `?${text}` : ''
}
