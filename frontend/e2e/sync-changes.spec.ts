import { expect, test } from './site'

/** The simulated CRM of these tests is at rest: what a sync changed in it is told here. */
const CHANGED = {
  count: 1,
  next: null,
  previous: null,
  next_cursor: null,
  previous_cursor: null,
  results: [
    {
      id: '1',
      opty_number: 'OPTY-1',
      name: 'Network renewal',
      customer: 'Acme',
      practice: 'Cloud',
      currency: 'EUR',
      kind: 'changed',
      stage: null,
      deal_value: null,
      changes: [{ field: 'stage', label: 'Sales stage', old: 'Discovery', new: 'Proposal', at: '2026-11-24T09:00:00Z', sync_id: '1' }],
    },
  ],
}

test('from the banner to old and new of what the last sync changed it is one click', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.route(/\/api\/sync-history\/\d+\/changes\?/, (route) => route.fulfill({ json: CHANGED }))
  await page.goto('/inbox')
  let clicks = 0
  await page.exposeFunction('clicked', () => (clicks += 1))
  await page.evaluate("addEventListener('click', () => clicked(), { capture: true })")
  await page.getByRole('region', { name: 'CRM data' }).getByRole('link', { name: /changed|new/i }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Sync of / })).toBeVisible()
  await expect(page.getByText('Discovery → Proposal')).toBeVisible()
  expect(clicks).toBe(1)
})

test('from the list of syncs each run leads to what it changed, narrowed by a field and as a file', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/syncs')
  await page.getByRole('main').getByRole('row').nth(1).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: /^Sync of / })).toBeVisible()
  await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Value' })
  await expect(page).toHaveURL(/field=deal_value/)
  await expect(page.getByRole('link', { name: 'Export CSV' })).toHaveAttribute('href', /export\.csv\?field=deal_value$/)
})
