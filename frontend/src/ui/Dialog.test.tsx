import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { Dialog } from './Dialog'

function Page({ isInsistent = false }) {
  const [isOpen, open] = useState(false)
  return (
    <>
      <button type="button" onClick={() => open(true)}>
        Open
      </button>
      <Dialog title="Details" isOpen={isOpen} onClose={() => open(false)} isInsistent={isInsistent}>
        <input aria-label="Reason" />
      </Dialog>
    </>
  )
}

async function opened(page: React.ReactNode) {
  render(page)
  const door = screen.getByRole('button', { name: 'Open' })
  door.focus()
  await userEvent.keyboard('{Enter}')
  return { door, dialog: screen.getByRole('dialog', { name: 'Details' }) }
}

test('the focus goes into a dialog, and with Escape back to where it was', async () => {
  const { door, dialog } = await opened(<Page />)
  expect(dialog.contains(document.activeElement)).toBe(true)
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(door))
})

test('one that insists stays, whatever is pressed', async () => {
  await opened(<Page isInsistent />)
  await userEvent.keyboard('{Escape}')
  expect(screen.getByRole('dialog')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
})
