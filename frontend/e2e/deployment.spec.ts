import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './site'
import { freshWorkFor, openForm, rate } from './work'

const TITLE = 'A new version is available'

/** As after a deployment: what this page has not loaded yet is not on the server any more. */
async function gone(page: Page, chunks: string): Promise<void> {
  await page.route(`**/static/app/assets/${chunks}`, (route) => route.fulfill({ status: 404 }))
}

test.beforeEach(({ allow }) => {
  allow('404')
  // What React says of every error that a boundary caught.
  allow('A part could not be loaded')
})

test('where the palette is gone, reloading brings it, and keeps what was typed', async ({ page, signIn, context, allow }) => {
  allow('ERR_FAILED')
  await signIn('demo-bid-manager')
  const id = await freshWorkFor('demo-sa-2', context)
  await signIn('demo-sa-2')
  await gone(page, 'Palette-*')
  await openForm(page, id)
  await page.route('**/assessment-draft', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()))
  await rate(page, 'FUND', 4)
  await page.keyboard.press('Control+k')
  const dialog = page.getByRole('dialog', { name: TITLE })
  await expect(dialog).toBeVisible()
  await expectAccessible(page, '[role=dialog]')
  await page.unrouteAll()
  await dialog.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('radio', { name: /^4/, checked: true })).toHaveCount(1)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: TITLE })).toBeHidden()
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('a page that is gone says so in its place, and so does a chart', async ({ page, signIn }) => {
  await signIn('demo-lead')
  await page.goto('/inbox?tab=all')
  await gone(page, 'DashboardPage-*')
  await page.getByRole('link', { name: 'Dashboard' }).hover()
  await page.getByRole('link', { name: 'Dashboard' }).click()
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.unrouteAll()
  await gone(page, 'StackedBars-*')
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page).toHaveURL(/\/dashboard$/)
  await page.getByText('More about flow').click()
  await expect(page.getByRole('heading', { level: 2, name: TITLE }).first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible()
})
