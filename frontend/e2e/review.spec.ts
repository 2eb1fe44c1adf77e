import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './site'
import { inReviewOf, openForm, saved } from './work'

/** Clicks and keys that are no text, as the issue counts them. */
function counted(page: Page) {
  let steps = 0
  return {
    click: async (name: string | RegExp, within: Pick<Page, 'getByRole'> = page) => {
      steps += 1
      await within.getByRole(/^(Review|Next in review)/.test(String(name)) ? 'link' : 'button', { name, exact: true }).click()
    },
    press: async (key: string) => {
      steps += 1
      await page.keyboard.press(key)
    },
    steps: () => steps,
  }
}

test('a review is returned with comments, answered, settled and decided on one page, and then the next', async ({ page, signIn, context }) => {
  test.slow()
  await signIn('demo-bid-manager')
  const id = await inReviewOf('demo-sa-2', context)
  await page.goto(`/opportunities/${id}`)
  const returning = counted(page)
  await returning.click('Review')
  await expect(page.getByText('Unchanged since')).toHaveCount(0)
  await page.getByLabel('Review comment on COMP').fill('Who is the incumbent?')
  await page.getByLabel('Review comment on FIT').fill('Which parts are proven?')
  await expectAccessible(page)
  await returning.click('Return')
  const dialog = page.getByRole('dialog', { name: 'Return' })
  await expect(dialog).toContainText('This sends your review comments on COMP, FIT.')
  await dialog.getByLabel('Reason').fill('See the comments.')
  await returning.click('Return', dialog)
  await expect(page.getByText('Returned.')).toBeVisible()
  await expect(page.getByRole('link', { name: /^Next in review/ })).toBeFocused()
  expect(returning.steps()).toBe(3)

  await signIn('demo-sa-2')
  await openForm(page, id)
  const sections = page.getByRole('navigation', { name: 'Sections' })
  await expect(sections.getByRole('heading')).toHaveText('2 missing')
  await expectAccessible(page)
  await sections.getByRole('button', { name: /^C\. / }).click()
  await sections.getByRole('button', { name: 'Address the review comment on COMP' }).click()
  await expect(page.getByLabel('Comment on COMP', { exact: true })).toBeFocused()
  await page.getByLabel('Comment on COMP', { exact: true }).fill('The incumbent is Acme, says their CIO.')
  await page.getByLabel('Comment on COMP', { exact: true }).blur()
  await saved(page)
  const fit = page.getByRole('region', { name: 'Review comment on FIT' })
  await fit.getByLabel('Reply on FIT').fill('All of them run at two customers.')
  await fit.getByRole('button', { name: 'Mark as addressed' }).click()
  await expect(fit).toContainText('Addressed')
  await expect(sections.getByRole('heading')).toHaveText('Ready to submit')
  await page.getByRole('button', { name: 'Submit for review' }).click()
  await expect(page).toHaveURL(new RegExp(`/opportunities/${id}$`))

  await signIn('demo-bid-manager')
  await page.goto(`/opportunities/${id}`)
  const deciding = counted(page)
  await deciding.click('Review')
  const comp = page.locator('#review-of-COMP')
  await expect(comp).toContainText('The incumbent is Acme, says their CIO.')
  await expect(comp.locator('ins')).not.toHaveCount(0)
  await expect(page.getByText('Approve: Settle each review comment first. Still open: FIT, COMP.')).toBeAttached()
  for (const code of ['FIT', 'COMP']) {
    const thread = page.getByRole('region', { name: `Review comment on ${code}` })
    await deciding.click('Settle', thread)
    await expect(thread).toContainText('Settled')
  }
  await deciding.click('Approve')
  const approving = page.getByRole('dialog', { name: 'Approve' })
  await approving.getByLabel('Reason code').selectOption({ index: 1 })
  await approving.getByLabel('Reason', { exact: true }).fill('The board wants this customer.')
  await deciding.click('Approve', approving)
  await expect(page.getByText('Approved.')).toBeVisible()
  const next = page.getByRole('link', { name: /^Next in review/ })
  await expect(next).toBeFocused()
  await deciding.press('Enter')
  await expect(page).not.toHaveURL(new RegExp(`/opportunities/${id}/`))
  await expect(page).toHaveURL(/\/review$/)
  expect(deciding.steps()).toBe(6)
})
