import type { Page } from '@playwright/test'
import { expect, passwordOf, test } from './site'

async function mostUrgent(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { level: 1, name: 'For you' })).toBeVisible()
  const first = page.getByRole('region', { name: /^Overdue/ }).getByRole('listitem').first().getByRole('link')
  return (await first.textContent()) ?? ''
}

test('an SA reaches the most urgent deal by one click after the sign-in', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('User name').fill('demo-sa')
  await page.getByLabel('Password').fill(passwordOf('demo-sa'))
  await page.keyboard.press('Enter')
  const name = await mostUrgent(page)
  await page.getByRole('link', { name, exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
})

test('an SA reaches it by two keys, too', async ({ page, signIn }) => {
  await signIn('demo-sa')
  await page.goto('/')
  const name = await mostUrgent(page)
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name, exact: true }).and(page.locator(':focus'))).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
})

test('on a phone the pages are at the bottom, each as high as a thumb', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn('demo-sa')
  await page.goto('/')
  const bar = page.getByRole('navigation', { name: 'Main' })
  const tabs = bar.locator('a, button')
  await expect(tabs).toHaveCount(4)
  for (const tab of await tabs.all()) {
    expect((await tab.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  }
  await bar.getByRole('link', { name: 'Inbox' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
  await bar.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Syncs' }).click()
  await expect(page).toHaveURL(/\/syncs$/)
})
