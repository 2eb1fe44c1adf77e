import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { CommentBox } from './CommentBox'

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

function show() {
  const sent: unknown[] = []
  const asked: string[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'POST') {
      sent.push(await request.json())
      return Response.json({}, { status: 201 })
    }
    asked.push(request.url)
    return Response.json({ count: 2, results: [{ id: '7', name: 'Ada L.' }, { id: '8', name: 'Ado M.' }] })
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CommentBox id="1" replyTo={{ id: '5', name: 'Bo' }} />
    </QueryClientProvider>,
  )
  return { sent, asked, person: userEvent.setup() }
}

test('a colleague is mentioned by keys alone, and sent by id', async () => {
  const { sent, asked, person } = show()
  await person.type(screen.getByRole('textbox'), 'Look, @Ad')
  await screen.findByRole('option', { name: 'Ada L.', selected: true })
  expect(asked.at(-1)).toContain('sees=1')
  await person.keyboard('{ArrowDown}{Enter}')
  expect(screen.getByRole('textbox')).toHaveProperty('value', 'Look, @Ado M. ')
  expect(screen.queryByRole('listbox')).toBeNull()
  await person.click(screen.getByRole('button', { name: 'Add reply' }))
  await waitFor(() => expect(sent).toEqual([{ text: 'Look, @Ado M. ', mentions: ['8'], reply_to: '5' }]))
})

test('Escape closes the list, and whoever was deleted again is not mentioned', async () => {
  const { sent, person } = show()
  const field = screen.getByRole('textbox')
  await person.type(field, '@Ad')
  await screen.findByRole('listbox')
  await person.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  await person.type(field, 'a')
  await screen.findByRole('listbox')
  await person.keyboard('{Enter}')
  await person.clear(field)
  await person.type(field, 'Never mind.')
  await person.click(screen.getByRole('button', { name: 'Add reply' }))
  await waitFor(() => expect(sent).toEqual([{ text: 'Never mind.', mentions: [], reply_to: '5' }]))
})

test('Enter right after another letter mentions nobody of the answer before', async () => {
  const { person } = show()
  const field = screen.getByRole('textbox')
  await person.type(field, '@Ad')
  await screen.findByRole('listbox')
  await person.type(field, 'o{Enter}')
  expect(field).toHaveProperty('value', '@Ado\n')
})

test('Enter that ends a composed character chooses nobody', async () => {
  const { person } = show()
  const field = screen.getByRole('textbox')
  await person.type(field, '@Ad')
  await screen.findByRole('listbox')
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
  expect(field).toHaveProperty('value', '@Ad')
})
