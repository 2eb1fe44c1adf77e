import { enter, tabTo } from './keys'
import { expect, test } from './site'
import { freshWorkFor, nameOf } from './work'

test('who gets a deal learns it from the bell, reads it by keys, and finds it among all', async ({ page, signIn, context }) => {
  await signIn('demo-bid-manager')
  const id = await freshWorkFor('demo-sa-3', context)
  const name = await nameOf(id, context)
  await signIn('demo-sa-3')
  const panel = page.getByRole('dialog', { name: 'Notifications' })
  const read = page.getByRole('button', { name: `Mark as read: ${name}`, exact: true })
  // The bell is told by a program of its own; the page lists no deals.
  await expect(async () => {
    await page.goto('/profile')
    await expect(page.getByRole('button', { name: /^Notifications, \d+ unread$/ })).toBeVisible()
    await page.keyboard.press('b')
    await expect(read).toBeVisible({ timeout: 1000 })
  }).toPass()
  const deal = page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) }).first()
  await expect(deal).toContainText('unread')
  await enter(read)
  await expect(read).toHaveCount(0)
  await expect(panel.locator(':focus')).toHaveCount(1)
  await enter(panel.getByRole('link', { name: 'All notifications' }))
  await expect(page).toHaveURL(/\/notifications$/)
  await expect(panel).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible()
  await expect(deal).not.toContainText('unread')
  await tabTo(deal.getByRole('link', { name, exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
})
