import { expect, test } from './site'

const DAY_MS = 24 * 60 * 60 * 1000
const BROWSERS = [
  { locale: 'de-DE', timezoneId: 'Europe/Berlin' },
  { locale: 'ja-JP', timezoneId: 'Asia/Tokyo' },
]

for (const browser of BROWSERS) {
  test.describe(browser.locale, () => {
    test.use(browser)

    test('every sentence is English, and ages go by the time of the server', async ({ page, signIn }) => {
      // A computer that is a day ahead, and says so in a language that is none.
      await page.clock.setSystemTime(Date.now() + DAY_MS)
      await page.addInitScript(() => {
        Object.defineProperty(navigator, 'language', { get: () => 'en-US@posix' })
      })
      await signIn('demo-lead')
      await page.goto('/')
      await expect(page.getByText(/CRM data synced (this minute|\d+ (minutes?|hours?) ago), \d+ \w+ \d{4}, \d\d:\d\d/)).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB')
      await page.goto('/inbox?tab=all')
      const amount = page.getByRole('table').getByText(/^(EUR|USD|GBP|CHF)\s[\d.,]+[KM]?$/)
      await expect(amount.first()).toBeVisible()
      expect(await page.getByRole('main').innerText()).not.toMatch(/[\u3040-\u30ff\u5e74\u6708]|\bvor \d|\bin 1 Tag/)
    })
  })
}
