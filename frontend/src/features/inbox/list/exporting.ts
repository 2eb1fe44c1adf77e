import { api } from '@/api/client'
import { ApiError, problemOf } from '@/api/problem'
import type { Column, ColumnId } from '../layout/columns'
import { type InboxSearch, inOrder, toQuery } from '../filtering/search'

export type ExportKind = 'csv' | 'xlsx'

/** A name without its customer, or a value without its currency, says half of what the list shows. */
const WITH: Partial<Record<ColumnId, string[]>> = {
  name: ['name', 'customer'],
  deal_value: ['deal_value', 'currency'],
}

/** Whatever is shown: a reader of the file has no marks beside the names. */
const ALWAYS = ['crm_outcome', 'removed_in_crm_at']

/** Save the export as a file; return its name. Throws: ApiError, with what is refused. */
export async function exportList(
  kind: ExportKind,
  search: InboxSearch,
  columns: Column[],
): Promise<string> {
  const names = new Set([...columns.flatMap(({ id }) => WITH[id] ?? [id]), ...ALWAYS])
  const query = { ...toQuery(inOrder(search)), columns: [...names].join(',') } as never
  const path = kind === 'csv' ? '/api/opportunities/export.csv' : '/api/opportunities/export.xlsx'
  const { data, error, response } = await api.GET(path, { params: { query }, parseAs: 'blob' })
  if (!response.ok) throw new ApiError(response, problemOf(response, error))
  const name = nameIn(response) ?? `opportunities.${kind}`
  saveAs(data as unknown as Blob, name)
  return name
}

function nameIn(response: Response): string | undefined {
  return /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
}

function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
