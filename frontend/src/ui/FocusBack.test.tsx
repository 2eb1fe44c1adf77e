import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { Button } from './Button'
import { CommandMenu } from './CommandMenu'
import { Dialog } from './Dialog'
import { Menu } from './Menu'

function Page() {
  const [open, setOpen] = useState('')
  const command = { id: 'away', label: 'Away', run: () => setOpen('dialog') }
  return (
    <>
      <Menu label="Card" trigger={<Button>Card</Button>} entries={[command]} onAction={command.run} />
      <Button onPress={() => setOpen('palette')}>Search</Button>
      {open === 'palette' && (
        <CommandMenu
          label="Search"
          placeholder=""
          typed=""
          onType={() => {}}
          groups={[{ title: 'Do', commands: [command] }]}
          nothing=""
          onClose={() => setOpen('')}
        />
      )}
      {open === 'dialog' && <Dialog title="Away" onClose={() => setOpen('')}>Gone</Dialog>}
    </>
  )
}

for (const name of ['Card', 'Search']) {
  test(`a dialog that an entry of ${name} opened gives the focus back to the button of ${name}`, async () => {
    render(<Page />)
    const button = screen.getByRole('button', { name })
    button.focus()
    await userEvent.keyboard('{Enter}')
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Away' }))
    await screen.findByRole('dialog', { name: 'Away' })
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(button)
  })
}

test('the palette gives the focus back at once', async () => {
  render(<Page />)
  const button = screen.getByRole('button', { name: 'Search' })
  await userEvent.click(button)
  await userEvent.keyboard('{Escape}')
  expect(document.activeElement).toBe(button)
})
