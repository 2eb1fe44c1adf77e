import { readFileSync } from 'node:fs'
import { escape } from './keys'
import { expect, test } from './site'

test('a list filtered, sorted, grouped and kept as a view is the same after a reload', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/inbox?tab=all')
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByRole('button', { name: 'Filter by Practice' }).click()
  await page.getByRole('menuitemcheckbox').first().click()
  await escape(page.getByRole('menu'))
  await escape(page.getByRole('dialog'))
  for (const order of ['ascending', 'descending']) {
    await page.getByRole('button', { name: 'Value', exact: true }).click()
    await expect(page.getByRole('columnheader', { name: 'Value' })).toHaveAttribute('aria-sort', order)
  }

  await page.getByRole('button', { name: 'Filters: 1' }).click()
  await page.getByRole('button', { name: 'Any of…' }).click()
  for (const [place, name] of [[1, 'Geography'], [2, 'Sales stage']] as const) {
    await page
      .getByRole('group', { name: `Group ${place}` })
      .getByRole('button', { name: `Filter by ${name}` })
      .click()
    await page.getByRole('menuitemcheckbox').first().click()
    await escape(page.getByRole('menu'))
  }
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: /^or: Sales stage:/ })).toBeVisible()

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Group by State' }).click()
  const group = page.getByRole('table').getByRole('rowheader').first()
  await expect(group).toContainText(/\d+ opportunit/)
  // Its name alone: another test may assign one of its rows meanwhile.
  const name = (await group.textContent())?.split(/\d/)[0] ?? ''
  await page.keyboard.press('j')
  await expect(page.locator('tr[data-cursor]')).toHaveCount(1)
  await page.keyboard.press('x')
  await expect(page.getByText('1 selected')).toBeVisible()

  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save as new view' }).click()
  await page.getByLabel('Name').fill('Largest of a practice')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Largest of a practice' })).toBeVisible()

  const first = page.getByRole('table').getByRole('link').first()
  const number = await first.textContent()
  await page.reload()
  await expect(first).toHaveText(number ?? '')
  await expect(group).toContainText(name)
  await expect(page.getByRole('listitem').filter({ hasText: /^Practice:/ })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: /^Any of: Geography:/ })).toBeVisible()
  await page.getByRole('button', { name: 'Clear all' }).click()
  await page.getByRole('button', { name: 'Largest of a practice (changed)' }).click()
  await page.getByRole('menuitem', { name: /Reset to/ }).click()
  await expect(first).toHaveText(number ?? '')

  await page.getByRole('button', { name: 'Largest of a practice' }).click()
  await page.getByRole('menuitem', { name: 'Manage views' }).click()
  await page.getByRole('button', { name: 'Pin Largest of a practice above the list' }).click()
  await escape(page.getByRole('dialog'))
  const pinned = page.getByRole('navigation', { name: 'Pinned views' }).getByRole('link')
  await expect(pinned).toHaveAttribute('aria-current', 'page')
  const view = new URL(page.url()).searchParams.get('view')
  await page.goto('/inbox?tab=all')
  await pinned.click()
  await expect(first).toHaveText(number ?? '')
  await page.goto(`/inbox?view=${view}`)
  await expect(first).toHaveText(number ?? '')
  await expect(group).toContainText(name)
  await expect(page.getByRole('button', { name: 'Largest of a practice', exact: true })).toBeVisible()
})

test('the tabs count what the list shows, and the search narrows both', async ({ page, signIn }) => {
  await signIn('demo-lead')
  await page.goto('/inbox?tab=closed')
  const tab = page.getByRole('button', { name: /^Closed/ })
  await page.getByRole('searchbox').fill('rail')
  await expect(page).toHaveURL(/search=rail/)
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  const count = Number((await tab.textContent())?.replace(/\D/g, ''))
  await expect(page.getByText(`of ${count}`)).toBeVisible()
})

test('nothing found names the filters that are on, and clears them', async ({ page, signIn }) => {
  await signIn('demo-lead')
  await page.goto('/inbox?tab=all&search=zzzzzz&overdue=true')
  await expect(page.getByRole('heading', { name: 'No opportunities match these filters' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear all' }).last().click()
  await expect(page.getByRole('table')).toBeVisible()
})

test('a filter that the server refuses is said in plain words', async ({ page, signIn, allow }) => {
  allow('400')
  await signIn('demo-lead')
  await page.goto('/inbox?tab=all&bogus=1')
  await expect(page.getByRole('alert')).toContainText('BQS does not know this filter')
  await page.getByRole('button', { name: 'Remove filter bogus: 1' }).click()
  await expect(page.getByRole('table')).toBeVisible()
  await page.goto('/inbox?tab=gone')
  await page.getByRole('button', { name: 'Show all opportunities' }).click()
  await expect(page.getByRole('table')).toBeVisible()
})

test('many are assigned at once, and what was refused says why', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/inbox?tab=all&workflow_status=NEW&workflow_status=IN_REVIEW&ordering=workflow_status')
  const rows = page.getByRole('checkbox', { name: /^Select (?!all)/ })
  await rows.nth(0).check()
  await rows.nth(1).check()
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign: 0 of 2 opportunities' })
  await expect(dialog.getByText('Not possible while the state is In review.')).toHaveCount(2)
  await expect(dialog.getByRole('button', { name: 'Assign', exact: true })).toBeDisabled()
  await escape(dialog)

  await page.goto('/inbox?tab=unassigned')
  const before = await counted(page.getByRole('button', { name: /^Unassigned/ }))
  // Waits for the rows, which come after the counts.
  const first = (await page.getByRole('table').locator('tbody a').first().textContent()) ?? ''
  // Four steps: two clicks, a key, and who gets them.
  await rows.nth(0).click()
  await rows.nth(4).click({ modifiers: ['Shift'] })
  await page.keyboard.press('a')
  const sa = page.getByLabel('SA', { exact: true })
  await expect(sa).toBeFocused()
  await page.keyboard.type((await sa.getByRole('option').nth(1).textContent())?.slice(0, 5) ?? '')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/5 opportunities: Assigned to/)).toBeVisible()
  await expect(page.getByRole('link', { name: first, exact: true })).toHaveCount(0)
  // Other tests assign, too.
  await expect
    .poll(() => counted(page.getByRole('button', { name: /^Unassigned/ })))
    .toBeLessThanOrEqual(before - 5)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Undone.')).toBeVisible()
  await expect(page.getByRole('link', { name: first, exact: true })).toBeVisible()

  await page.goto('/inbox?tab=on_hold')
  await rows.first().check()
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  const resume = page.getByRole('dialog', { name: 'Resume: 1 opportunity' })
  await resume.getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(page.getByText('1 opportunity: Resumed.')).toBeVisible()
})

test('the CSV file has the rows and columns of the list', async ({ page, signIn }) => {
  await signIn('demo-lead')
  await page.goto('/inbox?tab=closed&ordering=opty_number')
  const shown = page.getByRole('table').getByRole('rowheader').or(page.getByRole('table').locator('tbody a'))
  await expect(shown.first()).toBeVisible()
  const names = await page.getByRole('table').locator('tbody a').allTextContents()
  const count = await counted(page.getByRole('button', { name: /^Closed/ }))
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Export to CSV, all pages' }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  const [header = '', ...lines] = text.replace('\uFEFF', '').trim().split('\r\n')
  expect(header).toMatch(/^Opportunity,Customer,Number,Value,Currency,State,SA/)
  expect(lines).toHaveLength(count)
  const begins = names.map((name) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}",` : `${name},`))
  expect(lines.slice(0, names.length).map((line, place) => line.slice(0, begins[place]?.length))).toEqual(begins)
})

test('who may only read compares, and is offered no actions that change', async ({ page, signIn }) => {
  await signIn('demo-viewer')
  await page.goto('/inbox?tab=unassigned')
  await expect(page.getByRole('table')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sync now' })).toHaveCount(0)
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await expect(page.getByRole('region', { name: 'selected' }).getByRole('button')).toHaveText(['Clear selection'])
  await page.getByRole('link', { name: 'Compare 2' }).click()
  await expect(page.getByRole('columnheader')).toHaveCount(3)
})

test('columns chosen are kept for the person', async ({ page, signIn }) => {
  await signIn('demo-sa-3')
  await page.goto('/inbox?tab=all')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Sales owner' }).click()
  await expect(page.getByRole('checkbox', { name: 'Sales owner' })).toBeChecked()
  await page.getByRole('checkbox', { name: 'Geography' }).click()
  await expect(page.getByRole('checkbox', { name: 'Geography' })).not.toBeChecked()
  await page.getByLabel('Density', { exact: true }).selectOption('comfortable')
  await escape(page.getByRole('dialog'))
  await expect(page.getByRole('columnheader', { name: 'Sales owner' })).toBeAttached()
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Sales owner' })).toBeAttached()
  await expect(page.getByRole('columnheader', { name: 'Geography' })).toHaveCount(0)
})

async function counted(tab: import('@playwright/test').Locator): Promise<number> {
  return Number((await tab.textContent())?.replace(/\D/g, ''))
}
