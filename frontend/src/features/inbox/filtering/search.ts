/** The list's address: the API's own parameters, so that any filter it gives is a link. */

export type PlainSearch = Record<string, string | string[]>

export interface InboxSearch {
  tab: string
  text: string
  ordering: string
  /** By what rows stand together, or blank. */
  group: string
  page: number
  /** Id of the saved view it began with. */
  view: string
  /** Id of the row whose preview is open. */
  row: string
  /** The day that the calendar shows. */
  day: string
  filters: Record<string, string[]>
}

/** The order of a list for which nobody chose another. */
const MOST_URGENT = 'urgency'
const OWN = ['tab', 'search', 'ordering', 'group', 'page', 'view', 'row', 'day']

export function readSearch(plain: PlainSearch): InboxSearch {
  const filters: Record<string, string[]> = {}
  for (const [name, value] of Object.entries(plain)) {
    if (!OWN.includes(name)) filters[name] = [value].flat()
  }
  return {
    tab: one(plain.tab),
    text: one(plain.search),
    ordering: one(plain.ordering) === MOST_URGENT ? '' : one(plain.ordering),
    group: one(plain.group),
    page: Math.max(1, Math.trunc(Number(one(plain.page))) || 1),
    view: one(plain.view),
    row: one(plain.row),
    day: one(plain.day),
    filters,
  }
}

export function writeSearch(search: InboxSearch): PlainSearch {
  const { tab, text, ordering, group, page, view, row, day, filters } = search
  const own = { tab, search: text, ordering, group, page: page > 1 ? String(page) : '', view, row, day }
  const written: PlainSearch = {}
  for (const [name, value] of Object.entries({ ...own, ...filters })) {
    if (value.length > 0) written[name] = value
  }
  return written
}

/** Return the API's parameters: filters, order and grouping. */
export function toQuery({ tab, text, ordering, group, filters }: InboxSearch): PlainSearch {
  return writeSearch({ ...EMPTY_SEARCH, tab, text, ordering, group, filters })
}

/** Return the search with the order it has where nobody chose one. */
export function inOrder(search: InboxSearch): InboxSearch {
  return { ...search, ordering: search.ordering || MOST_URGENT }
}

/** Write the same as text, for saved views and for the pages of a row. */
export function toText(search: InboxSearch): string {
  return new URLSearchParams(
    Object.entries(toQuery(search)).flatMap(([name, value]) =>
      [value].flat().map((each) => [name, each]),
    ),
  ).toString()
}

export function fromText(text: string): InboxSearch {
  const plain: PlainSearch = {}
  for (const [name, value] of new URLSearchParams(text)) {
    plain[name] = [plain[name] ?? [], value].flat()
  }
  return readSearch(plain)
}

export const EMPTY_SEARCH: InboxSearch = {
  tab: '',
  text: '',
  ordering: '',
  group: '',
  page: 1,
  view: '',
  row: '',
  day: '',
  filters: {},
}

export function hasFilters({ text, filters }: InboxSearch): boolean {
  return text !== '' || Object.keys(filters).length > 0
}

/** Set a filter; the list starts at its first page with no preview. */
export function withFilter(search: InboxSearch, name: string, values: string[]): InboxSearch {
  const { [name]: _, ...others } = search.filters
  const filters = values.length > 0 ? { ...others, [name]: values } : others
  return { ...search, filters, page: 1, row: '' }
}

/** Sort by a column: ascending, descending, then not; with `isAdded` after the others. */
export function withOrder(search: InboxSearch, field: string, isAdded: boolean): InboxSearch {
  const now = search.ordering ? search.ordering.split(',') : []
  const next = { '': [field], [field]: [`-${field}`], [`-${field}`]: [] }[
    now.find((each) => each.replace('-', '') === field) ?? ''
  ]
  const others = isAdded ? now.filter((each) => each.replace('-', '') !== field) : []
  return { ...search, ordering: [...others, ...(next ?? [])].join(','), page: 1 }
}

export type Direction = 'ascending' | 'descending'

export function directionOf({ ordering }: InboxSearch, field: string): Direction | null {
  const orders = ordering.split(',')
  if (orders.includes(field)) return 'ascending'
  return orders.includes(`-${field}`) ? 'descending' : null
}

function one(value: string | string[] | undefined): string {
  return [value ?? ''].flat()[0] ?? ''
}

/** Tell whether the address names a saved view and nothing else. */
export function isViewAlone(search: InboxSearch): boolean {
  return Object.keys(writeSearch(search)).join() === 'view'
}

/** Tell whether the search is empty. */
export function isEmptySearch(search: InboxSearch): boolean {
  return Object.keys(writeSearch(search)).length === 0
}
