import { expect, test } from './site'

test('every line of a chart has its label, none of them cut', async ({ page, signIn }) => {
  await signIn('demo-lead')
  await page.goto('/dashboard?period_from=2026-01-01')
  for (const question of ['flow', 'load', 'quality']) await page.getByText(`More about ${question}`).click()
  await expect(page.locator('.recharts-surface').first()).toBeVisible()
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
  expect(charts.length).toBeGreaterThan(2)
  for (const { lines, labels, cut } of charts) expect([labels, cut]).toEqual([lines, 0])
})
