import type { Page } from '@playwright/test'
import { tabTo } from './keys'
import { expect, expectAccessible, test } from './site'

test('a card is moved by keyboard through the dialog of its action; where none leads, the reason is said', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/inbox?tab=all&ordering=opty_number')
  await page.getByRole('navigation', { name: 'View as' }).getByRole('link', { name: 'Board' }).click()
  await expect(page).toHaveURL(/\/board\?.*ordering=opty_number/)
  const card = page.getByRole('grid', { name: /^New, / }).getByRole('row').first()
  const name = (await card.getByRole('link').textContent()) ?? ''
  const id = await card.getByRole('link').getAttribute('href')

  await drag(page, name, /^In review, /)
  await expect(page.getByText('You cannot move a deal from New to In review.')).toBeVisible()
  await expect(card.getByRole('link')).toHaveAttribute('href', id ?? '')

  await drag(page, name, /^On hold, /)
  const dialog = page.getByRole('dialog', { name: 'Put on hold' })
  await dialog.getByLabel(/^Reason/).fill('The customer thinks it over.')
  await dialog.getByLabel(/^Review on/).fill('2099-01-04')
  await dialog.getByRole('button', { name: 'Put on hold' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('grid', { name: /^On hold, / }).locator(`a[href="${id}"]`)).toBeVisible()
  await expect(page.getByRole('grid', { name: /^New, / }).locator(`a[href="${id}"]`)).toHaveCount(0)

  await page.goto('/board?tab=in_review')
  await expect(page.getByRole('grid', { name: /^In review, / })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Actions for / }).first().click()
  await expect(page.getByRole('menuitem', { name: 'Put on hold' })).toBeVisible()
})

test('the calendar is walked by day and month, and keeps the search', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/calendar?tab=in_review&day=2027-01-31')
  await expect(page.getByRole('heading', { name: 'January 2027' })).toBeVisible()
  await tabTo(page.locator('[data-day="2027-01-31"]'))
  await page.keyboard.press('PageDown')
  await expect(page.getByRole('heading', { name: 'February 2027' })).toBeVisible()
  await expect(page.locator('[data-day="2027-02-28"]')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('heading', { name: 'March 2027' })).toBeVisible()
  await page.getByRole('button', { name: 'Today' }).click()
  await expect(page.locator('[aria-current=date]')).toBeVisible()
  await expect(page).toHaveURL(/tab=in_review/)
  await expectAccessible(page)
})

test('three selected opportunities are compared side by side', async ({ page, signIn, allow }) => {
  allow('404')
  await signIn('demo-bid-manager')
  await page.goto('/inbox?tab=decided')
  const boxes = page.getByRole('checkbox', { name: /^Select (?!all)/ })
  for (const place of [0, 1, 2]) await boxes.nth(place).check()
  await page.getByRole('link', { name: 'Compare 3' }).click()
  await expect(page.getByRole('columnheader')).toHaveCount(4)
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Remove / }).first().click()
  await expect(page.getByRole('columnheader')).toHaveCount(3)
  await expect(page.getByRole('button', { name: /^Remove / }).first()).toBeFocused()
  await page.goto('/compare?id=999999999')
  await expect(page.getByText('One opportunity is left out')).toBeVisible()
})

/** Enter takes the card up and drops it, Tab leads from column to column. */
async function drag(page: Page, name: string, column: RegExp): Promise<void> {
  const grip = page.getByRole('button', { name: `Move ${name}`, exact: true }).first()
  await grip.focus()
  await page.keyboard.press('Enter')
  // What is dropped on stands inside the column.
  await expect(async () => {
    await page.keyboard.press('Tab')
    const focused = page.getByRole('grid', { name: column, includeHidden: true }).locator(':focus')
    await expect(focused).toHaveCount(1, { timeout: 100 })
  }).toPass({ intervals: [0] })
  await page.keyboard.press('Enter')
}
