import type { Page } from '@playwright/test'
import { expect, test } from './site'
import { freshWorkFor, nameOf } from './work'

/** As long as a person may wait for it. */
const WITHIN = { timeout: 5000 }

test('what a colleague changes is seen within seconds, and nothing that one is at is lost', async ({ page, signIn, context, browser }) => {
  await signIn('demo-bid-manager')
  const id = await freshWorkFor('demo-sa-2', context)
  const name = await nameOf(id, context)
  const colleague = await browser.newContext({ baseURL: process.env.BQS_SITE })
  await signIn('demo-sa-2', colleague)
  const theirs = await colleague.newPage()
  await theirs.goto(`/opportunities/${id}`)

  await setPriority(theirs, 'LOW')
  await page.goto('/inbox?tab=all&workflow_status=ASSIGNED&ordering=priority&ordering=-opty_number')
  const links = page.getByRole('table').locator('a[href*="/opportunities/"]')
  const atCursor = page.locator('tr[data-cursor]')
  await expect(links.first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const chosen = await atCursor.innerText()
  await expect(page.getByText('1 selected')).toBeVisible()
  await setPriority(theirs, 'HIGH')
  await expect(links.first()).toHaveAttribute('href', new RegExp(`/opportunities/${id}\\b`), WITHIN)
  await expect(atCursor).toHaveText(chosen, { useInnerText: true })
  await expect(page.getByText('1 selected')).toBeVisible()

  await links.first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
  const comment = page.getByRole('region', { name: 'Discussion' }).getByLabel('Add a comment')
  await comment.pressSequentially('Half a sen')
  await setPriority(theirs, 'NORMAL')
  await expect(page.getByLabel('Priority')).toHaveValue('NORMAL', WITHIN)
  await expect(comment).toBeFocused()
  await page.keyboard.type('tence')
  await expect(comment).toHaveValue('Half a sentence')
  await colleague.close()
})

async function setPriority(page: Page, priority: string): Promise<void> {
  await page.getByLabel('Priority').selectOption(priority)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0)
}
