import { expect, expectAccessible, test } from './site'
import { inReviewOf, openForm, saved } from './work'

test('what was submitted is returned, answered, submitted again, compared and approved', async ({ page, signIn, context }) => {
  test.slow()
  await signIn('demo-bid-manager')
  const id = await inReviewOf('demo-sa', context)
  await page.goto(`/opportunities/${id}`)
  await page.getByRole('button', { name: 'Return' }).click()
  const dialog = page.getByRole('dialog', { name: 'Return' })
  await dialog.getByLabel('Reason').fill('The competition is hearsay.')
  await dialog.getByText('To single criteria').click()
  await dialog.getByLabel(/^COMP/).fill('Who is the incumbent?')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Return' }).click()
  await expect(page.getByText('Return: done.')).toBeVisible()

  await signIn('demo-sa')
  await openForm(page, id)
  await expect(page.getByText('The competition is hearsay.')).toBeVisible()
  const criterion = page.getByRole('group', { name: /COMP ·/ })
  await expect(criterion).toContainText('Who is the incumbent?')
  await expect(criterion).toContainText('Nothing was changed here since.')
  await page.getByLabel('Comment on COMP').fill('The incumbent is Acme, says their CIO.')
  await expect(criterion).not.toContainText('Nothing was changed here since.')
  await page.getByLabel('Comment on COMP').blur()
  await saved(page)
  await page.getByRole('button', { name: 'Submit for review' }).click()
  await expect(page).toHaveURL(new RegExp(`/opportunities/${id}$`))

  await signIn('demo-bid-manager')
  await page.goto(`/opportunities/${id}`)
  await page.getByRole('button', { name: 'Compare 1 with 2' }).click()
  await expect(page.getByRole('dialog')).toContainText('The incumbent is Acme, says their CIO.')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  const approving = page.getByRole('dialog', { name: 'Approve' })
  await expect(approving).toContainText('Deciding otherwise is an override')
  await approving.getByLabel('Reason code').selectOption({ index: 1 })
  await approving.getByLabel('Reason', { exact: true }).fill('The board wants this customer.')
  await approving.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByText('Approve: done.')).toBeVisible()
  const decisions = page.getByRole('region', { name: 'Decisions' })
  await expect(decisions).toContainText('Override')
  await expect(decisions).toContainText('The board wants this customer.')
  await decisions.getByRole('link', { name: 'Decision record' }).click()
  await expect(page).toHaveURL(/decision-record/)
})

test('who may not decide sees what there is, and no button for it', async ({ page, signIn, context }) => {
  await signIn('demo-bid-manager')
  const id = await inReviewOf('demo-sa', context)
  await signIn('demo-viewer')
  await page.goto(`/opportunities/${id}`)
  await expect(page.getByRole('heading', { name: 'From the CRM' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0)
  await page.getByText(/^Why \d+ actions are not possible/).first().click()
  await expect(page.getByText(/this is for/).first()).toBeVisible()
  await page.goto(`/opportunities/${id}/assessment`)
  await expect(page.getByText('not open for answers by you')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Submit for review' })).toHaveCount(0)
})

for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'light', width: 320 },
] as const) {
  test(`axe finds nothing on an opportunity and its assessment: ${colorScheme}, ${width} px`, async ({ page, signIn, context }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await signIn('demo-bid-manager')
    const id = await inReviewOf('demo-sa', context)
    for (const address of [`/opportunities/${id}`, `/opportunities/${id}/assessment`]) {
      await page.goto(address)
      await expect(page.getByRole('heading', { name: 'From the CRM' })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expectAccessible(page)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wider, 'the page scrolls sideways').toBeLessThanOrEqual(0)
    }
  })
}

test('a figure of the dashboard leads to as many rows as it counts', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/')
  const pipeline = page.getByRole('region', { name: 'Pipeline by state' })
  const figure = pipeline.getByRole('link', { name: /: Approved. Show/ })
  const count = await figure.innerText()
  await figure.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(Number(count) + 1)
})
