import { fireEvent, render } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useShortcuts } from './shortcuts'

function Page({ act, isOn = true }: { act: () => void; isOn?: boolean }) {
  useShortcuts({ j: act, Enter: act }, isOn)
  return (
    <>
      <input aria-label="text" />
      <button type="button">button</button>
    </>
  )
}

test('a key acts', () => {
  const act = vi.fn<() => void>()
  render(<Page act={act} />)
  fireEvent.keyDown(document.body, { key: 'j' })
  expect(act).toHaveBeenCalledOnce()
})

test('not while somebody writes, and not with Ctrl', () => {
  const act = vi.fn<() => void>()
  const { getByLabelText } = render(<Page act={act} />)
  fireEvent.keyDown(getByLabelText('text'), { key: 'j' })
  fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true })
  expect(act).not.toHaveBeenCalled()
})

test('Enter on a button is the button’s', () => {
  const act = vi.fn<() => void>()
  const { getByRole } = render(<Page act={act} />)
  fireEvent.keyDown(getByRole('button'), { key: 'Enter' })
  expect(act).not.toHaveBeenCalled()
})

test('and never where they are switched off', () => {
  const act = vi.fn<() => void>()
  render(<Page act={act} isOn={false} />)
  fireEvent.keyDown(document.body, { key: 'j' })
  expect(act).not.toHaveBeenCalled()
})

test('nor under a dialog, which may have keys of its own', () => {
  const act = vi.fn<() => void>()
  render(<Page act={act} />)
  const { unmount } = render(<div role="dialog" />)
  fireEvent.keyDown(document.body, { key: 'j' })
  expect(act).not.toHaveBeenCalled()
  unmount()
  fireEvent.keyDown(document.body, { key: 'j' })
  expect(act).toHaveBeenCalledOnce()
})
