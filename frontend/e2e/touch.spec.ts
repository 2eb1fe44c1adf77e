import type { Page } from '@playwright/test'
import { expect, type Name, sampled, test } from './site'
import { firstOf, inReviewOf } from './work'

// It changes nothing, so it need not wait for others.
test.describe.configure({ mode: 'parallel' })

const LISTS = ['/inbox?tab=all&geo=EMEA', '/', '/board?tab=all', '/dashboard', '/calendar?tab=all', '/syncs', '/profile', '/notifications', '/syncs/1', '/nowhere']

test('on a phone whatever is pressed is as large as a thumb, on every page', async ({ page, signIn, context, allow }) => {
  allow('404')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/')
  await expect(page.getByLabel('User name')).toBeVisible()
  const found = { '/sign-in': await smallOnes(page) }
  const look = async (who: Name, addresses: string[]) => {
    await signIn(who)
    for (const address of sampled(addresses)) {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      Object.assign(found, { [address]: await smallOnes(page) })
    }
  }
  await signIn('demo-bid-manager')
  const deal = `/opportunities/${await inReviewOf('demo-sa', context)}`
  const other = await firstOf('tab=decided', context)
  await look('demo-bid-manager', [...LISTS, deal, `${deal}/review`, `/compare?id=${deal.split('/').at(-1)}&id=${other}`])
  await page.goto('/')
  await page.getByRole('button', { name: /^Notifications/ }).click()
  await expect(page.getByRole('link', { name: 'All notifications' })).toBeVisible()
  Object.assign(found, { bell: await smallOnes(page) })
  const draft = await firstOf('workflow_status=IN_ASSESSMENT', context)
  await look('demo-sa', [`/opportunities/${draft}/assessment`, `/opportunities/${draft}`])
  expect(Object.entries(found).filter(([, small]) => small.length > 0)).toEqual([])
})

/** Find what is pressed and under 44 px; a link in a line of text is as high as the line (WCAG 2.5.8). */
async function smallOnes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const LEAST_PX = 43.5
    const PRESSED = 'a[href], button, summary, select, textarea, input:not([type=hidden], [type=file]), [role=menuitem], [role=option]'
    const HIDDEN = '.visually-hidden, [data-react-aria-hidden], [aria-hidden=true]'
    const isSmall = (element: Element) => {
      const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
      const { display } = getComputedStyle(element)
      return height < LEAST_PX || (width < LEAST_PX && display !== 'inline')
    }
    return [...document.querySelectorAll(PRESSED)]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest(HIDDEN) && isSmall(each))
      .map((each) => each.outerHTML.slice(0, 200))
  })
}
