import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, type Name, test } from './site'

const FOLDER = 'test-results/pictures'
const README = join(import.meta.dirname, '../../docs/images')
const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1440 },
  { name: 'dark', colorScheme: 'dark', width: 1440 },
  { name: 'phone', colorScheme: 'light', width: 400 },
] as const

interface Shot {
  name: string
  who: Name
  open: (page: Page) => Promise<unknown>
  /** The README shows it, in light. */
  isForReadme?: boolean
}

const SHOTS: Shot[] = [
  { name: 'dashboard', who: 'demo-bid-manager', open: (page) => page.goto('/'), isForReadme: true },
  { name: 'inbox', who: 'demo-lead', open: openInbox, isForReadme: true },
  { name: 'inbox-empty', who: 'demo-lead', open: (page) => page.goto('/inbox?tab=all&search=zzzz') },
  { name: 'assessment', who: 'demo-sa', open: openAssessment, isForReadme: true },
  { name: 'opportunity', who: 'demo-lead', open: openInReview },
  { name: 'syncs', who: 'demo-bid-manager', open: (page) => page.goto('/syncs') },
]

for (const { name, who, open, isForReadme } of SHOTS) {
  test(`pictures of ${name}`, async ({ page, signIn }) => {
    await signIn(who)
    for (const look of LOOKS) {
      await page.emulateMedia({ colorScheme: look.colorScheme })
      await page.setViewportSize({ width: look.width, height: 900 })
      await open(page)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(FOLDER, `${name}-${look.name}.png`), fullPage: look.name === 'phone' })
      if (isForReadme && look.name === 'light') {
        await page.screenshot({ path: join(README, `${name}.png`) })
      }
    }
  })
}

const AT_WORK = ['ASSIGNED', 'IN_ASSESSMENT', 'IN_REVIEW', 'RETURNED', 'CONDITIONAL', 'APPROVED', 'NO_BID']
  .map((status) => `workflow_status=${status}`)
  .join('&')

async function openInbox(page: Page) {
  await page.goto(`/inbox?tab=all&geo=EMEA&geo=NA&ordering=-score&${AT_WORK}`)
}

async function openAssessment(page: Page) {
  await page.goto(`/opportunities/${await first(page, 'tab=my_queue&workflow_status=IN_ASSESSMENT')}/assessment`)
}

async function openInReview(page: Page) {
  await page.goto(`/opportunities/${await first(page, 'tab=in_review')}`)
}

async function first(page: Page, filter: string): Promise<string> {
  const answer = await page.request.get(`${process.env.BQS_SITE}/api/opportunities?${filter}`)
  return (await answer.json()).results[0].id
}
