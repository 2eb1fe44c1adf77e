import { fieldsWhere } from '@/entities/opportunity/catalogue'
import { allColumns, type Column, type ColumnId, FIRST } from './columns'

export type Density = 'compact' | 'comfortable'
export type Width = 'narrow' | 'normal' | 'wide'

/** What a person keeps: which columns, in which order, how wide, how dense. */
export interface LayoutPreference {
  columns: ColumnId[]
  widths: Partial<Record<ColumnId, Width>>
  density: Density
}

export interface Layout {
  columns: Column[]
  density: Density
}

const SCALES: Record<Width, number> = { narrow: 0.7, normal: 1, wide: 1.6 }

/** Return what is shown before anybody chooses: the columns that the catalogue puts into a list. */
export function defaultLayout(): LayoutPreference {
  const shown = fieldsWhere('is_in_list').map(({ name }) => name)
  const ids = allColumns().map(({ id }) => id)
  const columns = ids.filter((id) => shown.includes(id) && !id.startsWith('extra.'))
  return { columns, widths: {}, density: 'compact' }
}

/** Return the columns in the kept order; the name leads, unknown ones are left out. */
export function columnsOf({ columns, widths }: LayoutPreference, all: Column[]): Column[] {
  const ids = [...FIRST, ...columns.filter((id) => !FIRST.includes(id))]
  return ids.flatMap((id) => {
    const column = all.find((each) => each.id === id)
    const scale = SCALES[widths[id] ?? 'normal']
    return column ? [{ ...column, width: Math.round(column.width * scale) }] : []
  })
}

export function moved(columns: ColumnId[], id: ColumnId, by: -1 | 1): ColumnId[] {
  const from = columns.indexOf(id)
  const next = columns.toSpliced(from, 1)
  return next.toSpliced(Math.max(0, from + by), 0, id)
}
