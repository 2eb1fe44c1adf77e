import { writeFileSync } from 'node:fs'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { type Measured, watch } from './stopwatch'

const SITE = process.env.BQS_SITE ?? ''
const ROUNDS = Number(process.env.BQS_ROUNDS ?? 5)
/** Keeps the thought. */
const SECOND = 1000

interface Figure {
  name: string
  measured: number
  limit: number
  unit: string
}

test('what a person waits for', async ({ browser }) => {
  const figures = [...(await waits(browser)), ...(await shifts(browser))]
  writeFileSync(process.env.BQS_FIGURES ?? 'figures.json', JSON.stringify(figures))
})

async function waits(browser: Browser): Promise<Figure[]> {
  const rounds: Record<string, Measured>[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound(browser))
  return Object.keys(rounds[0] ?? {}).flatMap((step) => {
    const all = rounds.map((round) => round[step] as Measured)
    const whole = median(all.map(({ start, shown }) => shown - start))
    const own = Math.round(median(all.map(({ answered, shown }) => shown - answered)))
    const told = [figure(`${step}: rows on the screen (${own} ms of it after the API's answer)`, whole, step.startsWith('first') ? 2 * SECOND : SECOND)]
    if (!step.startsWith('first')) return told
    return [
      ...told,
      figure(`${step}: a key is answered, after the API's answer`, median(all.map(({ answered, ready }) => ready - answered)), SECOND),
    ]
  })
}

/** Each begins with an empty cache, as a person does after a release. */
async function oneRound(browser: Browser): Promise<Record<string, Measured>> {
  const page = await opened(browser)
  const found: Record<string, Measured> = {}
  await page.goto('/inbox?tab=all')
  found['first visit of the inbox'] = await measured(page)
  await page.goto('/inbox?tab=all')
  found['first look of a day, files in the cache'] = await measured(page)
  found['filter'] = await after(page, async () => {
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByRole('button', { name: 'Filter by Practice' }).click()
    await page.getByRole('menuitemcheckbox').nth(1).click()
  })
  await page.keyboard.press('Escape')
  found['order by value'] = await after(page, () => page.getByRole('button', { name: 'Value', exact: true }).click())
  found['next page'] = await after(page, () => page.getByRole('button', { name: 'Next' }).click())
  // Of all practices: this one may have no such deal.
  await page.goto('/inbox?tab=all')
  await measured(page)
  found['search'] = await after(page, () => page.getByRole('searchbox').fill('cloud'))
  await page.context().close()
  return found
}

async function after(page: Page, act: () => Promise<unknown>): Promise<Measured> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => window.bqsWatch())
  await act()
  return measured(page)
}

async function measured(page: Page): Promise<Measured> {
  const found = await page.waitForFunction(() => window.bqsMeasured, undefined, { timeout: 60_000 })
  return (await found.jsonValue()) as Measured
}

async function shifts(browser: Browser): Promise<Figure[]> {
  const page = await opened(browser)
  const list = await page.request.get(`${SITE}/api/opportunities?tab=my_queue&page_size=1`)
  const { id } = (await list.json()).results[0]
  const found: Figure[] = []
  const pages = {
    'for you': '/',
    dashboard: '/dashboard',
    inbox: '/inbox?tab=all',
    opportunity: `/opportunities/${id}`,
    assessment: `/opportunities/${id}/assessment`,
  }
  for (const [name, address] of Object.entries(pages)) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    const moved = await page.evaluate(() => window.bqsMoved)
    for (const what of moved) process.stderr.write(`${name}: ${what.value} ${what.sources.join(' ')}\n`)
    const sum = moved.reduce((before, { value }) => before + value, 0)
    found.push({ name: `layout shift of the ${name}`, measured: sum, limit: 0.01, unit: '' })
  }
  await page.context().close()
  return found
}

async function opened(browser: Browser): Promise<Page> {
  const context = await browser.newContext()
  await context.addCookies([{ name: 'sessionid', value: process.env.BQS_SESSION ?? '', url: SITE }])
  await context.addInitScript(watch)
  return context.newPage()
}

function figure(name: string, value: number, limit: number): Figure {
  return { name, measured: Math.round(value), limit, unit: 'ms' }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
