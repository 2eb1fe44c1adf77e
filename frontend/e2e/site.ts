import { AxeBuilder } from '@axe-core/playwright'
import type { RunOnly } from 'axe-core'
import { test as base, type BrowserContext, expect, type Page } from '@playwright/test'

export { expect }

export type Name =
  | 'demo-sa'
  | 'demo-sa-2'
  | 'demo-sa-3'
  | 'demo-lead'
  | 'demo-bid-manager'
  | 'demo-sales'
  | 'demo-viewer'
  | 'demo-admin'

const DAY_MS = 24 * 60 * 60 * 1000

/** What a walk through the pages visits: a third of them, each day another, and at least one; with RELIABILITY=full all. */
export function sampled<T>(places: T[]): T[] {
  if (process.env.RELIABILITY === 'full') return places
  const parts = Math.min(3, places.length)
  const today = Math.floor(Date.now() / DAY_MS) % parts
  return places.filter((_, place) => place % parts === today)
}

interface Site {
  signIn: (name: Name, context?: BrowserContext) => Promise<void>
  /** Part of the words of a complaint that belongs to the test, as of an answer it provokes. */
  allow: (words: string) => void
}

/** As much as Lighthouse calls good: which of its answers comes first depends on the machine. */
const MOST_MOVEMENT = 0.1

interface Watched {
  complaints: { heard: string[]; allowed: string[] }
}

/** Who is signed in there. */
const people = new WeakMap<BrowserContext, Name>()

/** Every test fails on what the browser's console has as an error or a warning. */
export const test = base.extend<Site & Watched>({
  signIn: async ({ context, complaints }, provide) =>
    provide(async (name, where = context) => {
      // A page that is open asks on by itself: with the session of before, and of somebody else's deals.
      const open = where.pages().filter((page) => page.url().startsWith('http'))
      if (people.get(where) !== name) for (const page of open) await page.goto('about:blank')
      else if (open.length > 0) complaints.allowed.push('status of 401')
      people.set(where, name)
      await signIn(where, name)
    }),
  allow: async ({ complaints }, provide) => provide((words) => complaints.allowed.push(words)),
  complaints: [
    async ({ context }, provide) => {
      const complaints: Watched['complaints'] = { heard: [], allowed: [] }
      context.on('page', (page) => listen(page, complaints.heard))
      await context.addInitScript(complainOfShifts, MOST_MOVEMENT)
      await provide(complaints)
      const { heard, allowed } = complaints
      expect(heard.filter((said) => !allowed.some((words) => said.includes(words)))).toEqual([])
    },
    { auto: true },
  ],
})

function listen(page: Page, heard: string[]): void {
  page.on('pageerror', (error) => heard.push(error.message))
  page.on('console', (message) => {
    // It is asked by itself, also while somebody signs out.
    if (message.text().includes('401') && message.location().url.includes('/api/pulse')) return
    if (['error', 'warning'].includes(message.type())) heard.push(message.text())
  })
}

/** What moves by itself while a page comes, once it is too much, said where it is heard. Runs in the page. */
function complainOfShifts(most: number): void {
  interface Shift extends PerformanceEntry {
    value: number
    sources: { node: Node | null }[]
  }
  // Whoever acts expects that something happens; until then nothing moves.
  let isTouched = false
  let moved = 0
  for (const kind of ['pointerdown', 'keydown', 'input', 'offline']) {
    addEventListener(kind, () => (isTouched = true), { capture: true, once: true })
  }
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as Shift[]) {
      if (isTouched) continue
      moved += value
      if (moved < most) continue
      const what = sources.map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 120))
      // oxlint-disable-next-line no-console -- where every test hears it
      console.warn(`The page moved by ${moved}, at last by ${value}: ${what.join(' ')}`)
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

export function passwordOf(name: Name): string {
  return JSON.parse(process.env.BQS_PEOPLE ?? '{}')[name]
}

async function signIn(context: BrowserContext, username: Name): Promise<void> {
  const session = `${process.env.BQS_SITE}/api/session`
  const { csrf_token } = await (await context.request.get(session)).json()
  const headers = { 'X-CSRFToken': csrf_token, Referer: session }
  const data = { username, password: passwordOf(username) }
  // Two tests that sign in as one person at once may be asked to wait a second.
  await expect(async () => {
    expect((await context.request.post(session, { headers, data })).status()).toBe(200)
  }).toPass({ timeout: 30_000 })
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Nothing for axe to find there as it is now, in light and in dark, which differ in colours only. */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  await expectNothing(page, part, { type: 'tag', values: WCAG })
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectNothing(page, part, { type: 'rule', values: ['color-contrast'] })
  await page.emulateMedia({ colorScheme: 'light' })
}

/** In the page itself, which has no frames, and told of nothing but what is wrong: in half the time. */
async function expectNothing(page: Page, part: string, runOnly: RunOnly): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().include(part)
  const { violations } = await axe.options({ runOnly, resultTypes: ['violations'] }).analyze()
  const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }))
  expect(found).toEqual([])
}
