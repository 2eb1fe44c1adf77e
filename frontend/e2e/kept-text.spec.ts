import { expect, type Locator, type Page } from '@playwright/test'
import { escape } from './keys'
import { test } from './site'
import { freshWorkFor, inReviewOf, openForm } from './work'

const FIELDS = 'textarea:not([readonly]), input:not([readonly]):is([type=text], [type=date], :not([type]))'

/** Something of its own in every field there is; what stands in them then. */
async function typeEverywhere(scope: Locator): Promise<string[]> {
  const fields = scope.locator(FIELDS)
  await expect(fields.first()).toBeVisible()
  for (const [place, field] of (await fields.all()).entries()) {
    const isDate = (await field.getAttribute('type')) === 'date'
    await field.fill(isDate ? '2099-01-04' : `Half a sentence ${place}`)
  }
  return textsIn(scope)
}

async function textsIn(scope: Locator): Promise<string[]> {
  await expect(scope.locator(FIELDS).first()).toBeVisible()
  return scope.locator(FIELDS).evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value))
}

async function open(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  for (const closed of await dialog.locator('details:not([open]) > summary').all()) await closed.click()
  return dialog
}

async function clickBeside(page: Page): Promise<void> {
  await page.mouse.click(4, 400)
  await expect(page.getByRole('dialog')).toBeHidden()
}

test('what is typed in any action’s dialog survives Escape, a click beside it and a reload, until it is discarded', async ({ page, signIn, context }) => {
  test.slow()
  await signIn('demo-bid-manager')
  await page.goto(`/opportunities/${await inReviewOf('demo-sa-2', context)}`)
  const buttons = page.getByRole('group', { name: 'Actions' }).getByRole('button')
  await expect(buttons.nth(3)).toBeVisible()
  const typed: Record<string, string[]> = {}
  for (const name of await buttons.allTextContents()) {
    const dialog = await open(page, name)
    if ((await dialog.locator(FIELDS).count()) > 0) {
      typed[name] = await typeEverywhere(dialog)
      await escape(dialog)
      expect(await textsIn(await open(page, name))).toEqual(typed[name])
    }
    await clickBeside(page)
  }
  expect(Object.keys(typed).length).toBeGreaterThan(3)
  await page.reload()
  for (const [name, texts] of Object.entries(typed)) {
    const dialog = await open(page, name)
    expect(await textsIn(dialog)).toEqual(texts)
    await expect(dialog.getByText(/^Restored your text/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Discard' }).click()
    expect((await textsIn(dialog)).join('')).toBe('')
    await escape(dialog)
  }
})

test('what is typed on the pages survives another page and a reload, and goes when it is sent', async ({ page, signIn, context, allow }) => {
  test.slow()
  // What is no number or no currency is refused, and kept all the same.
  allow('400')
  await signIn('demo-bid-manager')
  const id = await freshWorkFor('demo-sa-2', context)
  await signIn('demo-sa-2')
  await openForm(page, id)
  await page.getByRole('button', { name: 'Add competitor' }).click()
  const main = page.getByRole('main')
  const typed = await typeEverywhere(main)
  expect(typed.length).toBeGreaterThan(25)
  await page.getByRole('link', { name: 'Back to the opportunity' }).click()
  await expect(page.getByLabel('Notes', { exact: true })).toHaveValue(/^Half a sentence/)
  const comment = page.getByLabel('Add a comment')
  await expect(comment).toHaveValue(/^Half a sentence/)
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Knock-out checks' })).toBeVisible()
  expect(await textsIn(main)).toEqual(typed)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Knock-out checks' })).toBeVisible()
  expect(await textsIn(main)).toEqual(typed)

  await page.getByRole('button', { name: 'Add comment' }).click()
  await expect(comment).toHaveValue('')
  await page.reload()
  await expect(comment).toHaveValue('')
})

test('what is typed in the dialogs of the inbox survives as well', async ({ page, signIn }) => {
  await signIn('demo-lead')
  await page.goto('/inbox?tab=unassigned')
  for (const name of ['Put on hold', 'Assign', 'Quick no bid']) {
    await page.getByRole('table').getByRole('checkbox').nth(1).check()
    const texts = await typeEverywhere(await open(page, name))
    await clickBeside(page)
    expect(await textsIn(await open(page, name))).toEqual(texts)
    await page.reload()
    await page.getByRole('table').getByRole('checkbox').nth(1).check()
    expect(await textsIn(await open(page, name))).toEqual(texts)
    await escape(page.getByRole('dialog'))
    await page.getByRole('table').getByRole('checkbox').nth(1).uncheck()
  }
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save as new view' }).click()
  await typeEverywhere(page.getByRole('dialog'))
  await page.reload()
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save as new view' }).click()
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue('Half a sentence 0')
})

test('the admin asks before a page is left with words that were not sent', async ({ page, signIn, context }) => {
  await signIn('demo-bid-manager')
  await page.goto(`/admin/opportunities/opportunity/${await inReviewOf('demo-sa-2', context)}/change/`)
  const notes = page.locator('#notes textarea')
  await notes.fill('Half a sentence')
  page.once('dialog', (asked) => void asked.dismiss())
  await page.getByRole('link', { name: 'Timeline' }).evaluate(() => location.assign('/admin/'))
  await expect(notes).toHaveValue('Half a sentence')
  await page.locator('#notes').getByRole('button').first().click()
  await expect(notes).toHaveValue('Half a sentence')
})
