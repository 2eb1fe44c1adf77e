import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { setCatalogue } from '@/entities/opportunity/catalogue'
import fields from '@/entities/opportunity/test-fields.json'
import { allColumns } from './columns'
import { columnsOf, defaultLayout, moved } from './layout'

test('the name leads, whatever was chosen', () => {
  const columns = columnsOf({ ...defaultLayout(), columns: ['geo', 'name'] }, allColumns())
  expect(columns.map((column) => column.id)).toEqual(['name', 'geo'])
})

test('a column that no longer exists is left out', () => {
  const columns = columnsOf({ ...defaultLayout(), columns: ['gone' as never, 'geo'] }, allColumns())
  expect(columns.map((column) => column.id)).toEqual(['name', 'geo'])
})

test('a column that a setting of the server names is shown with its label and value', () => {
  const region = { name: 'extra.Region_c', label: 'Region', is_in_list: true }
  setCatalogue({ ...fields, fields: [...fields.fields, region] } as never)
  const all = allColumns()
  setCatalogue(fields as never)
  const shownRegion = columnsOf({ ...defaultLayout(), columns: ['extra.Region_c'] }, all).at(-1)
  expect(shownRegion?.label).toBe('Region')
  const shown = (value: unknown) => render(shownRegion?.cell({ extra: { Region_c: value } } as never, '')).container.textContent
  expect(shown('North')).toBe('North')
  expect(shown(0)).toBe('0')
  expect(shown(null)).toMatch(/^—/)
})

test('at first a list shows what the catalogue puts into it, and any attribute of the CRM can be chosen', () => {
  const line = { ...fields.fields[0], name: 'service_line', label: 'Service line', kind: 'word', is_in_list: true }
  setCatalogue({ ...fields, fields: [...fields.fields, line] } as never)
  const [all, first] = [allColumns(), defaultLayout()]
  setCatalogue(fields as never)
  expect(first.columns.slice(0, 4)).toEqual(['name', 'opty_number', 'deal_value', 'workflow_status'])
  expect(first.columns.at(-1)).toBe('service_line')
  const column = all.find(({ id }) => (id as string) === 'service_line')
  expect(render(column?.cell({ service_line: 'Managed' } as never, '')).container.textContent).toBe('Managed')
})

test('a chosen width scales the first one', () => {
  const [name] = columnsOf({ ...defaultLayout(), widths: { name: 'wide' } }, allColumns())
  const [before] = columnsOf(defaultLayout(), allColumns())
  expect(name?.width).toBeGreaterThan(before?.width ?? 0)
})

test('a column moves by one, and not past the ends', () => {
  expect(moved(['geo', 'stage', 'score'], 'score', -1)).toEqual(['geo', 'score', 'stage'])
  expect(moved(['geo', 'stage'], 'geo', -1)).toEqual(['geo', 'stage'])
})
