import type { Page } from '@playwright/test'
import { expect, sampled, test } from './site'
import { inReviewOf } from './work'

const NAME = 'اتفاقية صيانة SAP للشبكة الوطنية للاتصالات (المرحلة الثانية) لعام 2027'
/** What the CRM and people write, in whatever the API answers. */
const WRITTEN = ['name', 'customer', 'sales_owner', 'practice', 'geo', 'sector', 'stage', 'sa_notes', 'reason', 'sa_reason', 'comment', 'text']

test('a name from right to left keeps its beginning wherever it stands', async ({ page, signIn, context, allow }) => {
  // Long names take more lines.
  allow('The page moved')
  await signIn('demo-lead')
  const id = await inReviewOf('demo-sa', context)
  // Tabs and fields have names for programs, each another.
  await page.route(/\/api\/(?:for-you|jump|opportunities(?!\/(?:tabs|fields)))/, async (route) => {
    const answer = await route.fetch()
    if (!answer.headers()['content-type']?.includes('json')) return route.fulfill({ response: answer })
    const body = JSON.stringify(await answer.json(), (key, value) =>
      WRITTEN.includes(key) && typeof value === 'string' && value !== '' ? NAME : value,
    )
    return route.fulfill({ response: answer, body })
  })
  const pages = ['/inbox?tab=all', '/', '/board', `/opportunities/${id}`, `/opportunities/${id}/assessment`]
  for (const address of sampled(pages)) {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(address)
      await expect(page.locator('main').getByText(NAME).first()).toBeAttached()
      await page.waitForLoadState('networkidle')
      expect(await page.evaluate(turnedOrCut), `${address}, ${width} px wide`).toEqual([])
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/inbox?tab=all')
  await page.getByRole('table').locator('tbody tr').first().locator('td').nth(3).click()
  await expect(page.getByRole('complementary')).toBeVisible()
  await expectNothingTurned(page)
  await page.getByRole('button', { name: 'Search or jump to' }).click()
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('rail')
  await expect(page.getByRole('menuitem').getByText(NAME).first()).toBeVisible()
  await expectNothingTurned(page)
})

test('so it does in the admin', async ({ page, signIn, context, allow }) => {
  allow('The page moved')
  await signIn('demo-lead')
  const id = await inReviewOf('demo-sa', context)
  const { results } = await (await context.request.get(`${process.env.BQS_SITE}/api/opportunities?tab=in_review`)).json()
  // A deal may have no customer.
  const names: string[] = results.flatMap(({ name, customer }: Record<string, string>) => [name, customer]).filter(Boolean)
  await page.route(/\/admin\/opportunities/, async (route) => {
    const answer = await route.fetch()
    const body = names.reduce((text, name) => text.replaceAll(asInHtml(name), NAME), await answer.text())
    return route.fulfill({ response: answer, body })
  })
  for (const address of ['?tab=in_review', `${id}/change/`]) {
    for (const width of sampled([1440, 390])) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`/admin/opportunities/opportunity/${address}`)
      await expect(page.locator('#main, #content').getByText(NAME).first()).toBeAttached()
      await expectNothingTurned(page)
    }
  }
})

/** As Django escapes it. */
function asInHtml(name: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }
  return name.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}

async function expectNothingTurned(page: Page): Promise<void> {
  expect(await page.evaluate(turnedOrCut)).toEqual([])
}

/** Texts of these letters whose beginning is not at the right, or is cut away. Runs in the page. */
function turnedOrCut(): string[] {
  const found: string[] = []
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let before: Element | null = null
  for (let text = all.nextNode() as Text | null; text; text = all.nextNode() as Text | null) {
    const parent = text.parentElement as Element
    let cutting: Element | null = parent
    while (cutting && getComputedStyle(cutting).textOverflow !== 'ellipsis') cutting = cutting.parentElement
    // What follows in the same box has its beginning wherever the first ends.
    const isFirst = cutting === null || cutting !== before
    before = cutting
    if (!/^[\u0600-\u06ff]/.test(text.data.trim()) || !parent.checkVisibility({ visibilityProperty: true })) continue
    if (parent.closest('title, option, .visually-hidden')) continue
    const [first, later] = [text.data.search(/\S/), text.data.indexOf('SAP')].map((place) => {
      const range = document.createRange()
      range.setStart(text, place)
      range.setEnd(text, place + 1)
      return range.getBoundingClientRect()
    }) as [DOMRect, DOMRect]
    const isTurned = Math.abs(first.top - later.top) < 4 && later.right > first.right
    const box = cutting?.getBoundingClientRect()
    const isCut = isFirst && box && (first.left < box.left - 2 || first.right > box.right + 2)
    if (isTurned || isCut) found.push(`${isCut ? 'cut' : 'turned'}: ${parent.outerHTML.slice(0, 90)}`)
  }
  return found
}
