import { expect, test } from './site'

test('a sync is watched live in the banner, and found in the history', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/syncs')
  const banner = page.getByRole('region', { name: 'CRM data' })
  await banner.getByRole('button', { name: 'Sync now' }).click()
  await page.getByRole('menuitem', { name: /^Full/ }).click()
  await expect(banner.getByRole('progressbar')).toBeVisible()
  await expect(banner.getByText(/\d+ of about 6\d\d records read/)).toBeVisible()
  await expect(banner.getByText(/CRM data synced/)).toBeVisible({ timeout: 60_000 })
  const newest = page.getByRole('main').getByRole('row').nth(1)
  await expect(newest).toContainText('Bea Moreau')
  await expect(newest).toContainText('Success')
})

test('where the status cannot be had the rest goes on', async ({ page, signIn, allow }) => {
  allow('500')
  await signIn('demo-viewer')
  await page.route('**/api/sync-status', (route) => route.fulfill({ status: 500, body: '' }))
  await page.goto('/inbox?tab=all')
  await expect(page.getByRole('alert')).toContainText('The age of the CRM data is unknown', { timeout: 20_000 })
  await expect(page.getByRole('table')).toBeVisible()
})
