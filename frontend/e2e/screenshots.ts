import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, type Name, test } from './site'
import { rate, saved } from './work'

const FOLDER = 'test-results/pictures'
const README = join(import.meta.dirname, '../../docs/images')
const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1440 },
  { name: 'dark', colorScheme: 'dark', width: 1440 },
  { name: 'phone', colorScheme: 'light', width: 390 },
  { name: 'wide', colorScheme: 'light', width: 2000 },
  { name: 'narrow', colorScheme: 'dark', width: 320 },
] as const

interface Shot {
  name: string
  /** Nobody is signed in without it. */
  who?: Name
  open: (page: Page) => Promise<unknown>
  /** The README shows it, in light. */
  isForReadme?: boolean
}

const RETURNED = 'tab=my_queue&workflow_status=RETURNED'

const SHOTS: Shot[] = [
  { name: 'sign-in', open: (page) => page.goto('/') },
  { name: 'for-you', who: 'demo-bid-manager', open: (page) => page.goto('/'), isForReadme: true },
  { name: 'for-you-sa', who: 'demo-sa', open: (page) => page.goto('/') },
  { name: 'dashboard', who: 'demo-bid-manager', open: (page) => page.goto('/dashboard'), isForReadme: true },
  { name: 'dashboard-sa', who: 'demo-sa', open: (page) => page.goto('/dashboard') },
  { name: 'dashboard-lead', who: 'demo-lead', open: (page) => page.goto('/dashboard') },
  { name: 'dashboard-management', who: 'demo-viewer', open: (page) => page.goto('/dashboard') },
  { name: 'dashboard-failed', who: 'demo-viewer', open: (page) => failing(page, '**/api/dashboard*', '/') },
  { name: 'inbox', who: 'demo-lead', open: openInbox, isForReadme: true },
  { name: 'inbox-preview', who: 'demo-bid-manager', open: openPreview },
  { name: 'inbox-assign', who: 'demo-bid-manager', open: openAssign },
  { name: 'inbox-grouped', who: 'demo-lead', open: (page) => page.goto('/inbox?tab=decided&group=workflow_status&ordering=-deal_value') },
  { name: 'inbox-changed', who: 'demo-bid-manager', open: openChanged },
  { name: 'inbox-columns', who: 'demo-lead', open: (page) => openInbox(page).then(() => press(page, 'Columns')) },
  { name: 'inbox-empty', who: 'demo-lead', open: (page) => page.goto('/inbox?tab=all&search=zzzz') },
  { name: 'inbox-failed', who: 'demo-lead', open: (page) => failing(page, '**/api/opportunities?*', '/inbox?tab=all') },
  { name: 'shortcuts', who: 'demo-lead', open: (page) => openInbox(page).then(() => page.keyboard.press('?')) },
  { name: 'assessment', who: 'demo-sa', open: openAssessment, isForReadme: true },
  { name: 'assessment-returned', who: 'demo-sa', open: (page) => openOne(page, RETURNED, '/assessment') },
  { name: 'assessment-submitted', who: 'demo-sa', open: (page) => openOne(page, 'workflow_status=IN_REVIEW', '/assessment') },
  { name: 'opportunity', who: 'demo-lead', open: openInReview },
  { name: 'review', who: 'demo-bid-manager', open: (page) => openOne(page, 'for_you=decide', '/review'), isForReadme: true },
  { name: 'decision', who: 'demo-bid-manager', open: (page) => openInReview(page).then(() => press(page, 'Approve with conditions')) },
  { name: 'conditional', who: 'demo-bid-manager', open: (page) => openOne(page, 'workflow_status=CONDITIONAL') },
  { name: 'no-bid', who: 'demo-viewer', open: (page) => openOne(page, 'workflow_status=NO_BID') },
  { name: 'comparison', who: 'demo-sa', open: openComparison },
  { name: 'decision-record', who: 'demo-lead', open: (page) => openOne(page, 'workflow_status=APPROVED', '/decision-record') },
  { name: 'admin-opportunities', who: 'demo-lead', open: (page) => page.goto('/admin/opportunities/opportunity/?tab=in_assessment'), isForReadme: true },
  { name: 'admin-opportunity', who: 'demo-lead', open: (page) => openOne(page, 'workflow_status=CONDITIONAL', '/change/', '/admin/opportunities/opportunity'), isForReadme: true },
  { name: 'sync-run', who: 'demo-bid-manager', open: (page) => page.goto('/syncs/1') },
  { name: 'syncs', who: 'demo-bid-manager', open: (page) => page.goto('/syncs') },
  { name: 'not-found', who: 'demo-viewer', open: (page) => page.goto('/nowhere') },
  { name: 'not-there', who: 'demo-viewer', open: (page) => page.goto('/opportunities/999999999') },
]

for (const { name, who, open, isForReadme } of SHOTS) {
  test(`pictures of ${name}`, async ({ page, signIn, allow }) => {
    // A page that is resized moves, and some are made to fail.
    allow('')
    if (who) await signIn(who)
    for (const look of LOOKS) {
      await page.emulateMedia({ colorScheme: look.colorScheme })
      await page.setViewportSize({ width: look.width, height: 900 })
      await open(page)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached()
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(FOLDER, `${name}-${look.name}.png`), fullPage: true })
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
  // On phones it is a list of cards.
  await expect(page.getByRole('table').or(page.getByRole('list')).first()).toBeVisible()
}

async function openPreview(page: Page) {
  await page.goto('/inbox?tab=in_review')
  await page.getByRole('row').nth(2).getByRole('cell').nth(2).click()
  await expect(page.getByRole('complementary').or(page.getByRole('dialog')).first()).toBeVisible()
}

/** As after a sync that changed the first row, which nobody here waits for. */
async function openChanged(page: Page) {
  await page.route('**/api/opportunities?*', async (route) => {
    const answer = await route.fetch()
    const list = await answer.json()
    Object.assign(list.results[0], { is_changed_since: true, unseen_fields: ['deal_value', 'close_date'] })
    await route.fulfill({ response: answer, json: list })
  })
  await page.goto('/inbox?tab=in_review')
  await press(page, 'Changed in the CRM since you last looked: Value, Close date')
}

async function openAssign(page: Page) {
  await page.goto('/inbox?tab=unassigned')
  await page.getByRole('checkbox', { name: /^Select (?!all)/ }).nth(1).check()
  await press(page, 'Assign')
}

async function openAssessment(page: Page) {
  await openOne(page, 'tab=my_queue&workflow_status=IN_ASSESSMENT', '/assessment')
}

async function openInReview(page: Page) {
  await openOne(page, 'tab=in_review')
}

/** Something has to differ, so somebody writes first. */
async function openComparison(page: Page) {
  const id = await openOne(page, RETURNED, '/assessment')
  await page.getByLabel('Comment on COMP').fill(`The incumbent is Acme, we heard ${new Date().toUTCString()}.`)
  await rate(page, 'COMP', 1)
  await saved(page)
  await page.goto(`/opportunities/${id}`)
  await page.getByRole('button', { name: /^Compare/ }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

async function press(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

async function failing(page: Page, address: string, opened: string) {
  await page.route(address, (route) => route.fulfill({ status: 500, body: '' }))
  await page.goto(opened)
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 30_000 })
}

async function openOne(page: Page, filter: string, part = '', list = '/opportunities') {
  const answer = await page.request.get(`${process.env.BQS_SITE}/api/opportunities?${filter}`)
  const { id } = (await answer.json()).results[0]
  await page.goto(`${list}/${id}${part}`)
  return id
}
