import { expect, expectAccessible, test } from './site'
import { enter } from './keys'
import { freshWorkFor, openForm, rate, saved } from './work'

test('a value that cannot be kept is marked, the rest is saved, and the summary leads to it', async ({ page, signIn, context, allow }) => {
  allow('400')
  await signIn('demo-bid-manager')
  const id = await freshWorkFor('demo-sa-2', context)
  await signIn('demo-sa-2')
  await openForm(page, id)
  const effort = page.getByLabel('Bid effort in person-days')
  const cost = page.getByLabel('Bid cost', { exact: true })
  await effort.pressSequentially('12,5')
  await cost.fill('1.234')
  await page.getByLabel('Currency').fill('x'.repeat(16))
  await rate(page, 'NEED', 4)
  await expect(page.getByText('2 values cannot be saved')).toBeVisible()
  await expect(cost).toHaveAttribute('aria-invalid', 'true')
  await expect(cost).toHaveAccessibleDescription(/^1\.234 can mean two numbers/)
  await expectAccessible(page, 'main')

  await page.getByRole('button', { name: 'Submit for review' }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'things to mend' })
  await expect(summary).toBeFocused()
  await enter(summary.getByRole('link', { name: /^Bid cost: 1\.234/ }))
  await expect(cost).toBeFocused()
  await cost.fill('1.234,50')
  await page.getByLabel('Currency').fill('EUR')
  await saved(page)
  await page.reload()
  await expect(effort).toHaveValue('12.5')
  await expect(cost).toHaveValue('1234.50')
  await expect(page.getByRole('group', { name: /NEED ·/ }).getByRole('radio', { name: /^4/ })).toBeChecked()
})
