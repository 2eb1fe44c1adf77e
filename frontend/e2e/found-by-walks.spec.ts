import { expect, test } from './site'

test('a row that was previewed opens as any other does', async ({ page, signIn }) => {
  await signIn('demo-lead')
  await page.goto('/inbox?tab=all')
  await expect(page.getByRole('table')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.locator('tr[data-cursor]')).toHaveCount(1)
  await page.keyboard.press('p')
  await expect(page.getByRole('complementary').getByText('Recent CRM changes')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible()
})
