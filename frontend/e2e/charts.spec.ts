import { expect, expectAccessible, test } from './site'

const CHARTS = ['Decisions over time', 'Bids due by week', 'Time to first answer', 'Scores']

test('every line of a chart has its label, none of them cut, and behind it is its table, opened by keyboard', async ({ page, signIn }) => {
  await signIn('demo-lead')
  await page.goto('/dashboard?period_from=2026-01-01')
  for (const question of ['flow', 'load', 'quality']) await page.getByText(`More about ${question}`).click()
  await expect(page.locator('.recharts-wrapper')).toHaveCount(CHARTS.length)
  await page.waitForLoadState('networkidle')
  const charts = await page.locator('.recharts-wrapper').evaluateAll((found) =>
    found.map((chart) => {
      const { top, bottom } = chart.getBoundingClientRect()
      const labels = [...chart.querySelectorAll('.recharts-yAxis-tick-labels text')]
      return {
        lines: chart.querySelectorAll('.recharts-cartesian-grid-horizontal line').length,
        labels: new Set(labels.map((each) => each.textContent)).size,
        cut: labels.map((each) => each.getBoundingClientRect()).filter((box) => box.top < top || box.bottom > bottom).length,
      }
    }),
  )
  for (const { lines, labels, cut } of charts) expect([labels, cut]).toEqual([lines, 0])

  const switches = page.locator('summary', { hasText: 'Show table' })
  for (const each of await switches.all()) await each.press('Enter')
  for (const name of CHARTS) await expect(page.getByRole('table', { name, exact: true })).toBeVisible()
  await expectAccessible(page)
})

/** Half of what every other page may move by. */
const LITTLE = 0.05

for (const address of ['/dashboard', '/syncs', '/syncs/1']) {
  test(`nothing moves while ${address} comes`, async ({ page, signIn }) => {
    await signIn('demo-bid-manager')
    await page.addInitScript(() => {
      const moved = { moved: 0 }
      Object.assign(window, moved)
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries() as (PerformanceEntry & { value: number })[]) {
          Object.assign(window, { moved: (moved.moved += value) })
        }
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 2 }).or(page.getByRole('table')).first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate('moved')).toBeLessThan(LITTLE)
  })
}
