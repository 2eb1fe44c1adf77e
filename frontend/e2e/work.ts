import { type BrowserContext, expect, type Page } from '@playwright/test'

interface Row {
  id: string
  lock_version: number
}

/** A new opportunity, of this customer if one is named, that the bid manager, who has to be signed in, gave to this SA. */
export async function freshWorkFor(sa: string, context: BrowserContext, customer = ''): Promise<string> {
  const ofCustomer = customer && `&customer=${encodeURIComponent(customer)}`
  const people = await read(context, `/api/users?search=${sa}`)
  const assignee = people.results.find((person: { username: string }) => person.username === sa).id
  const list = await read(context, `/api/opportunities?tab=unassigned&ordering=-opty_number${ofCustomer}`)
  for (const { id, lock_version } of list.results as Row[]) {
    const action = `/api/opportunities/${id}/actions/assign`
    // Another test may have taken this one meanwhile.
    if ((await write(context, action, { lock_version, assignee })).ok()) return id
  }
  throw new Error('There is no opportunity left to assign.')
}

/** One that waits for a decision, and nobody else's test touches. */
export async function inReviewOf(sa: string, context: BrowserContext): Promise<string> {
  const people = await read(context, `/api/users?search=${sa}`)
  const who = people.results.find((person: { username: string }) => person.username === sa).id
  return firstOf(`workflow_status=IN_REVIEW&assigned_sa=${who}`, context)
}

export async function firstOf(filter: string, context: BrowserContext): Promise<string> {
  return (await read(context, `/api/opportunities?${filter}`)).results[0].id
}

export async function customerOf(filter: string, context: BrowserContext): Promise<string> {
  return (await read(context, `/api/opportunities?${filter}`)).results[0].customer
}

export async function numberOf(id: string, context: BrowserContext): Promise<string> {
  return (await read(context, `/api/opportunities/${id}`)).opty_number
}

export async function nameOf(id: string, context: BrowserContext): Promise<string> {
  return (await read(context, `/api/opportunities/${id}`)).name
}

async function read(context: BrowserContext, address: string) {
  return (await context.request.get(process.env.BQS_SITE + address)).json()
}

async function write(context: BrowserContext, address: string, data: object) {
  const session = `${process.env.BQS_SITE}/api/session`
  const { csrf_token } = await (await context.request.get(session)).json()
  const headers = { 'X-CSRFToken': csrf_token, Referer: session }
  return context.request.post(process.env.BQS_SITE + address, { data, headers })
}

export async function openForm(page: Page, id: string): Promise<void> {
  await page.goto(`/opportunities/${id}/assessment`)
  await expect(page.getByRole('heading', { name: 'Knock-out checks' })).toBeVisible()
  // How much is shown at once is remembered for the person, whom other tests are, too.
  await page.getByLabel('All questions').click()
  await expect(page.getByLabel('All questions')).toBeChecked()
}

export async function rate(page: Page, code: string, rating: number): Promise<void> {
  const criterion = page.getByRole('group', { name: new RegExp(`${code} ·`) })
  await criterion.getByRole('radio', { name: new RegExp(`^${rating}`) }).check()
}

export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
}
