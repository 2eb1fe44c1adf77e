import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, sampled, test } from './site'
import { escape } from './keys'
import { inReviewOf } from './work'

// They change nothing, so they need not wait for one another.
test.describe.configure({ mode: 'parallel' })

// Few rows: axe looks at every cell.
const PAGES = ['/', '/inbox?tab=all&search=zzzz', '/syncs', '/inbox?tab=in_review&group=practice', '/dashboard', '/syncs/1', '/notifications', '/profile', '/nowhere', '/opportunities/999999999']
const OPEN = '[role=dialog], [role=menu]'
const OPENING = [/^Notifications/, 'Filters', 'Search or jump to', 'Views', 'More', 'Columns']
const DECISIONS = ['Approve', 'Approve with conditions', 'No bid', 'Withdraw', 'Put on hold']

for (const width of [1440, 320]) {
  test(`axe finds nothing on any page, ${width} px wide`, async ({ page, signIn, context, allow }) => {
    allow('404')
    allow('There is no opportunity')
    await page.setViewportSize({ width, height: 900 })
    await page.goto('/')
    await expect(page.getByLabel('User name')).toBeVisible()
    await expectAccessible(page)
    await signIn('demo-bid-manager')
    const opportunity = `/opportunities/${await inReviewOf('demo-sa', context)}`
    const pages = [...PAGES, opportunity, `${opportunity}/assessment`]
    for (const address of width === 1440 ? pages : sampled(pages)) {
      await page.goto(address)
      await settled(page)
      await expectAccessible(page)
      await expectNoSideways(page, address)
    }
  })
}

test('axe finds nothing on what opens in the inbox', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/inbox?tab=in_review')
  await settled(page)
  for (const name of OPENING) await look(page, name)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save as new view' }).click()
  await lookAtOpen(page)
  await page.getByRole('row').nth(2).click({ position: { x: 500, y: 10 } })
  await expect(page.getByRole('complementary')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await expectAccessible(page)
  const selected = page.getByRole('region', { name: 'selected' })
  for (const name of ['Assign', 'Put on hold', 'Quick no bid']) await look(page, name, selected)
})

test('axe finds nothing on what opens on an opportunity', async ({ page, signIn, context }) => {
  await signIn('demo-bid-manager')
  const address = `/opportunities/${await inReviewOf('demo-sa', context)}`
  await page.goto(address)
  await settled(page)
  for (const name of [...DECISIONS, 'Version 1']) await look(page, name)
  await page.goto(`${address}/review`)
  await settled(page)
  await expectAccessible(page)
  await look(page, 'Return')
})

async function look(page: Page, name: string | RegExp, within: Page | Locator = page): Promise<void> {
  await within.getByRole('button', { name, exact: true }).click()
  await lookAtOpen(page)
}

async function lookAtOpen(page: Page): Promise<void> {
  await expect(page.locator(OPEN).first()).toBeVisible()
  await expectAccessible(page, OPEN)
  await escape(page.locator(OPEN))
}

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
}

async function expectNoSideways(page: Page, address: string): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0)
}
