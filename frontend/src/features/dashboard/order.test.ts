import { expect, it } from 'vitest'
import { WIDGETS, widgetsFor } from './order'

it('begins with what the role is for, and leaves nothing out', () => {
  const widgets = widgetsFor(['SA lead'])
  expect(widgets.slice(1, 5)).toEqual(['attention', 'first', 'age', 'load'])
  expect(widgets.toSorted()).toEqual(WIDGETS.toSorted())
})

it('shows somebody with two roles the first of both once', () => {
  const widgets = widgetsFor(['SA', 'Bid manager'])
  expect(widgets.slice(1, 6)).toEqual(['my_work', 'attention', 'pipeline', 'decisions', 'coverage'])
})

it('shows no work of their own to those who have none', () => {
  expect(widgetsFor(['Viewer'])).not.toContain('my_work')
})
