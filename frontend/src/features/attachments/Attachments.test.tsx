import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { OpportunityDetail } from '@/api/types'
import { Attachments } from './Attachments'

afterEach(() => vi.unstubAllGlobals())

const ANA = { id: '1', name: 'Ana' }
const FILE = {
  id: '3',
  name: 'Offer.pdf',
  url: '',
  size: 1_240_000,
  added_by: ANA,
  added_at: '2026-11-01T08:00:00Z',
  removed_by: null,
  removed_at: null,
  may_remove: true,
}

function show(rows: object[], mayAdd = true) {
  const sent: Request[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return Response.json({ count: rows.length, results: rows })
    sent.push(request.clone())
    return request.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(FILE, { status: 201 })
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Attachments opportunity={{ id: '7', may_comment: mayAdd } as OpportunityDetail} />
    </QueryClientProvider>,
  )
  return { sent, person: userEvent.setup() }
}

test('a file is a download with its size, a link leads out', async () => {
  show([FILE, { ...FILE, id: '4', name: 'RFP', url: 'https://example.com/rfp' }])
  const file = await screen.findByRole('link', { name: 'Offer.pdf' })
  expect(file.getAttribute('href')).toMatch(/\/api\/opportunities\/7\/attachments\/3$/)
  expect(file.hasAttribute('download')).toBe(true)
  expect(screen.getByText(/1\.2 MB/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'RFP' }).getAttribute('rel')).toContain('noopener')
})

test('a chosen file is sent as a form', async () => {
  const { sent, person } = show([])
  await screen.findByText(/No attachments yet/)
  const field = document.querySelector<HTMLInputElement>('input[type=file]')
  await person.upload(field as HTMLInputElement, new File(['%PDF-'], 'Offer.pdf'))
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]?.headers.get('Content-Type')).toMatch(/^multipart\/form-data/)
})

test('a removed one can be restored by whoever may', async () => {
  const { sent, person } = show([{ ...FILE, removed_by: ANA, removed_at: '2026-11-02T08:00:00Z' }])
  await person.click(await screen.findByText('1 removed'))
  await person.click(screen.getByRole('button', { name: 'Restore' }))
  await waitFor(() => expect(sent.map(({ url }) => url)).toEqual([expect.stringMatching(/attachments\/3\/restore$/)]))
})

test('the focus comes back to the button when the form for a link closes', async () => {
  const { person } = show([])
  const name = 'Add a link'
  expect(document.activeElement).toBe(document.body)
  await person.click(screen.getByRole('button', { name }))
  await person.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(document.activeElement).toBe(screen.getByRole('button', { name }))
})

test('who only reads is offered nothing to add or remove', async () => {
  show([{ ...FILE, may_remove: false }], false)
  await screen.findByRole('link', { name: 'Offer.pdf' })
  expect(screen.queryAllByRole('button')).toEqual([])
})
