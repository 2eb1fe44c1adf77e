import { writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'

const { BQS_SITE: site = '', BQS_ORACLE: oracle = '', BQS_SESSION: session = '', BQS_ROUNDS: edits = '30' } = process.env

/** While the page is open, edit one of its deals in Oracle again and again, and note when the page shows it. */
test('what is edited in Oracle comes to the page by itself', async ({ context, page }) => {
  test.setTimeout(Number(edits) * 70_000)
  await context.addCookies([{ name: 'sessionid', value: session, url: site }])
  const list = await (await page.request.get(`${site}/api/opportunities?tab=all&ordering=opty_number`)).json()
  const rows = await (await page.request.get(`${oracle}/_simulator/rows`)).json()
  const { OptyId } = rows.find((row: { OptyNumber: string }) => row.OptyNumber === list.results[0].opty_number)
  await page.goto(`${site}/inbox?tab=all&ordering=opty_number`)
  await expect(page.getByRole('table')).toBeVisible()
  const seconds: number[] = []
  for (let edit = 0; edit < Number(edits); edit += 1) {
    // At any moment of what polls.
    await page.waitForTimeout(4000 + Math.random() * 3000)
    const began = Date.now()
    const change = { OptyId, Name: `Edited for the ${edit}. time`, LastUpdateDate: new Date().toISOString().replace('Z', '+00:00') }
    await page.request.patch(`${oracle}/_simulator/rows`, { data: [change] })
    await page.getByText(`Edited for the ${edit}. time`).first().waitFor({ timeout: 60_000 })
    seconds.push((Date.now() - began) / 1000)
  }
  writeFileSync(process.env.BQS_FIGURES ?? 'figures.json', JSON.stringify(seconds))
})
