import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { Button } from './Button'
import { Menu } from './Menu'
import { Popover } from './Popover'

afterEach(() => void vi.unstubAllGlobals())

test('two Escapes close a menu and what it stands in, however busy the computer is', async () => {
  render(
    <Popover label="Filters" trigger={<Button>Filters</Button>}>
      <Menu label="Practice" trigger={<Button>Practice</Button>} entries={[{ id: 'cloud', label: 'Cloud' }]} />
    </Popover>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Filters' }))
  await userEvent.click(screen.getByRole('button', { name: 'Practice' }))
  expect(screen.getByRole('menu')).toBeTruthy()
  // The next frame does not come.
  vi.stubGlobal('requestAnimationFrame', () => 0)
  await userEvent.keyboard('{Escape}')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Practice' }))
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Filters' }))
})
