import { expect, expectAccessible, passwordOf, test } from './site'

test('who signs in for the first time finds the inbox, synced', async ({ page }) => {
  await page.goto('/inbox')
  await page.getByLabel('User name').fill('demo-lead')
  await page.getByLabel('Password').fill(passwordOf('demo-lead'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
  await expect(page.getByText(/CRM data synced/)).toBeVisible()
  await expect(page).toHaveURL(/tab=unassigned/)
  await expect(page.getByRole('table').getByRole('link').first()).toBeVisible()
})

test('a wrong password is said, and nothing typed is lost', async ({ page, allow }) => {
  allow('400')
  await page.goto('/')
  await page.getByLabel('User name').fill('demo-sa')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('The user name or the password is wrong.')
  await expect(page.getByLabel('User name')).toHaveValue('demo-sa')
})

test('a session that ended is renewed over the page, which goes on', async ({ page, signIn, context, allow }) => {
  allow('401')
  await signIn('demo-lead')
  await page.goto('/inbox?tab=all')
  await expect(page.getByRole('table')).toBeVisible()
  await context.clearCookies()
  await page.getByRole('searchbox').fill('cloud')
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(dialog).toBeVisible()
  await expectAccessible(page, '[role=dialog]')
  await dialog.getByLabel('Password').fill(passwordOf('demo-lead'))
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('searchbox')).toHaveValue('cloud')
  await expect(page.getByText('Search: cloud')).toBeVisible()
  await expect(page).toHaveURL(/search=cloud/)
})

test('who signs out is out, and their notes have left this computer', async ({ page, signIn }) => {
  await signIn('demo-viewer')
  await page.goto('/inbox')
  // What is still on its way when somebody leaves is refused, as it should be.
  await expect(page.getByRole('table')).toBeVisible()
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => localStorage.setItem('bqs:personal:draft', '"x"'))
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByLabel('User name')).toBeVisible()
  expect(await page.evaluate(() => localStorage.getItem('bqs:personal:draft'))).toBeNull()
})

test('an address that is none says so, with a way back', async ({ page, signIn, allow }) => {
  allow('404')
  await signIn('demo-viewer')
  expect((await page.goto('/nowhere'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to the inbox' }).click()
  await expect(page).toHaveURL(/inbox/)
})

test('offline it says so, and goes on when the network is back', async ({ page, signIn, context, allow }) => {
  allow('ERR_INTERNET_DISCONNECTED')
  await signIn('demo-viewer')
  await page.goto('/inbox?tab=all')
  await expect(page.getByRole('table')).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText(/^Offline\./)).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText(/^Offline\./)).toBeHidden()
})
