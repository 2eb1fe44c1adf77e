import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './site'

// They change nothing, so they need not wait for one another.
test.describe.configure({ mode: 'parallel' })

// Few rows: axe looks at every cell.
const PAGES = ['/', '/inbox?tab=in_review', '/inbox?tab=all&search=zzzz', '/syncs', '/nowhere']
const LOOKS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'light', width: 320 },
] as const

for (const { colorScheme, width } of LOOKS) {
  test(`axe finds nothing on any page: ${colorScheme}, ${width} px`, async ({ page, signIn }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await page.goto('/')
    await expect(page.getByLabel('User name')).toBeVisible()
    await expectAccessible(page)
    await signIn('demo-bid-manager')
    for (const address of PAGES) {
      await page.goto(address)
      await settled(page)
      await expectAccessible(page)
      await expectNoSideways(page, address)
    }
  })
}

test('axe finds nothing on what opens', async ({ page, signIn }) => {
  await signIn('demo-bid-manager')
  await page.goto('/inbox?tab=in_review')
  await settled(page)
  for (const name of ['Filter by State', 'More filters', 'Any of…', 'Search or jump to', 'Views', 'Export', 'Columns', 'Keyboard shortcuts']) {
    await page.getByRole('button', { name, exact: true }).click()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('row').nth(2).click({ position: { x: 500, y: 10 } })
  await expect(page.getByRole('complementary')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await expectAccessible(page)
  for (const name of ['Assign', 'Hold', 'Quick no bid']) {
    await page.getByRole('button', { name, exact: true }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  }
})

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
}

async function expectNoSideways(page: Page, address: string): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0)
}
