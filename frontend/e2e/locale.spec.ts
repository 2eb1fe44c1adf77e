import { expect, test } from './site'
import { firstOf } from './work'

const DAY_MS = 24 * 60 * 60 * 1000
const BROWSERS = [
  { locale: 'de-DE', timezoneId: 'Europe/Berlin' },
  { locale: 'ja-JP', timezoneId: 'Asia/Tokyo' },
]
const NOT_ENGLISH = /[\u3040-\u30ff\u5e74\u6708]|\bvor \d|\bin \d+ (Tag|Stunde)/
/** What a run quotes from the CRM, in the CRM's own words. */
const QUOTED = /(Unknown status, counted as open|not mapped): .*/g
/** Names of fields, codes, and what only developers read. */
const PROGRAM_WORDS = /\b[a-z]+_[a-z]+\b|\b[A-Z]+_[A-Z]+\b|manage\.py|\bundefined\b|\[object/

for (const browser of BROWSERS) {
  test.describe(browser.locale, () => {
    test.use(browser)

    test('every sentence is plain English, and ages go by the time of the server', async ({ page, signIn, context }) => {
      // A computer that is a day ahead, and says so in a language that is none.
      await page.clock.setSystemTime(Date.now() + DAY_MS)
      await page.addInitScript(() => {
        Object.defineProperty(navigator, 'language', { get: () => 'en-US@posix' })
      })
      await signIn('demo-lead')
      const decided = await firstOf('workflow_status=APPROVED', context)
      for (const address of ['/', '/dashboard', '/inbox?tab=all', '/syncs', `/opportunities/${decided}`]) {
        await page.goto(address)
        await expect(page.getByText(/CRM data synced (this minute|\d+ (minutes?|hours?) ago), \d+ \w+ \d{4}, \d\d:\d\d/)).toBeVisible()
        await expect(page.getByRole('main').getByRole('heading', { level: 2 }).or(page.getByRole('table')).first()).toBeVisible()
        const words = await page.locator('body').innerText()
        expect(words).not.toMatch(NOT_ENGLISH)
        expect(words.replace(QUOTED, '')).not.toMatch(PROGRAM_WORDS)
      }
      await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB')
    })
  })
}
