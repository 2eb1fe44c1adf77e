import { AxeBuilder } from '@axe-core/playwright'
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

interface Site {
  signIn: (name: Name, context?: BrowserContext) => Promise<void>
  /** Part of the words of a complaint that belongs to the test, as of an answer it provokes. */
  allow: (words: string) => void
}

interface Watched {
  complaints: { heard: string[]; allowed: string[] }
}

/** Every test fails on what the browser's console has as an error or a warning. */
export const test = base.extend<Site & Watched>({
  signIn: async ({ context }, provide) => provide((name, where = context) => signIn(where, name)),
  allow: async ({ complaints }, provide) => provide((words) => complaints.allowed.push(words)),
  complaints: [
    async ({ context }, provide) => {
      const complaints: Watched['complaints'] = { heard: [], allowed: [] }
      context.on('page', (page) => listen(page, complaints.heard))
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
    if (['error', 'warning'].includes(message.type())) heard.push(message.text())
  })
}

export function passwordOf(name: Name): string {
  return JSON.parse(process.env.BQS_PEOPLE ?? '{}')[name]
}

async function signIn(context: BrowserContext, username: Name): Promise<void> {
  const session = `${process.env.BQS_SITE}/api/session`
  const { csrf_token } = await (await context.request.get(session)).json()
  const headers = { 'X-CSRFToken': csrf_token, Referer: session }
  const data = { username, password: passwordOf(username) }
  const answer = await context.request.post(session, { headers, data })
  expect(answer.status()).toBe(200)
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Nothing for axe to find on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }))
  expect(found).toEqual([])
}
