import { test as base, type Page } from '@playwright/test'
import { Rng } from './rng'
import { type Name, test } from './site'
import { Walker } from './walker'

const SEED = Number(process.env.SEED)
const MINUTES = Number(process.env.MINUTES ?? 2)
const ROLES: Name[][] = [['demo-sa', 'demo-sa-2'], ['demo-lead'], ['demo-bid-manager'], ['demo-viewer', 'demo-sales']]
const LAST_STEPS = 40
/** A busy machine may take this long to show a page. */
const PATIENCE_MS = 20_000

for (const [place, people] of ROLES.entries()) {
  test(`nothing breaks on a random walk of ${people.join(' or ')}, SEED=${SEED}`, async ({ page, signIn, allow }) => {
    // It judges for itself what it hears.
    allow('')
    const rng = new Rng(SEED + place)
    const person = rng.oneOf(people)
    await signIn(person)
    await page.goto('/')
    await walk(page, new Walker(page, rng), rng, () => signIn(person))
  })
}

async function walk(page: Page, walker: Walker, rng: Rng, signIn: () => Promise<void>): Promise<void> {
  const faults = faultsOf(page)
  const steps: string[] = []
  const end = Date.now() + (MINUTES * 60_000 * base.info().config.workers) / ROLES.length
  page.on('dialog', (dialog) => void dialog.accept().catch(() => {}))
  page.context().on('page', (other) => void other.close())
  while (Date.now() < end) {
    steps.push(await walker.step().catch((error: Error) => `could not: ${error.message.split('\n')[0]}`))
    await page.waitForTimeout(rng.oneOf([0, 0, 50, 200, 600]))
    await comeBack(page, signIn)
    faults.push(...(await whatIsWrong(page)))
    if (faults.length > 0) throw new Error(report(faults, steps, page.url()))
  }
  process.stdout.write(`${steps.length} steps\n`)
}

function report(faults: string[], steps: string[], address: string): string {
  const last = [`SEED=${SEED}, ${steps.length} steps; the last of them:`, ...steps.slice(-LAST_STEPS)]
  const text = [...faults, ...last, `and so to ${address}\n`].join('\n')
  process.stdout.write(text)
  return text
}

/** Refusals are the server's right; what it cannot answer, and what breaks in the page, is a fault. */
function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
  page.on('response', (answer) => {
    if (answer.status() >= 500) faults.push(`${answer.status()}: ${answer.request().method()} ${answer.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text())
  })
  return faults
}

async function whatIsWrong(page: Page): Promise<string[]> {
  const isShown = await page
    .waitForFunction(() => /\S{3}/.test(document.querySelector('main')?.innerText ?? ''), undefined, { timeout: PATIENCE_MS })
    .catch(() => null)
  if (!isShown) return ['The page stays blank.']
  const failed = await page.getByText('This page could not be shown').count()
  return failed ? [await page.locator('main').innerText()] : []
}

/** From the sign-in form, and from whatever is not of the page. */
async function comeBack(page: Page, signIn: () => Promise<void>): Promise<void> {
  const { pathname, protocol } = new URL(page.url())
  if (!protocol.startsWith('http') || /^\/(admin|api)/.test(pathname)) await page.goto('/inbox')
  if (await page.getByRole('heading', { name: 'Sign in to BQS' }).count()) {
    await signIn()
    await page.goto('/inbox')
  }
}
