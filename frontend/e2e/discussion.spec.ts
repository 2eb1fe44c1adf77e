import { readFile } from 'node:fs/promises'
import { expect, expectAccessible, test } from './site'
import { freshWorkFor } from './work'

test('a colleague is mentioned by keys, finds the deal, and replies', async ({ page, signIn, context }) => {
  test.slow()
  await signIn('demo-bid-manager')
  const id = await freshWorkFor('demo-sa-2', context)
  await page.goto(`/opportunities/${id}`)
  const discussion = page.getByRole('region', { name: 'Discussion' })
  const field = discussion.getByLabel('Add a comment')
  await field.focus()
  await page.keyboard.type('Who knows the customer, @demo-sa-2')
  await expect(discussion.getByRole('option')).toHaveCount(1)
  const name = await discussion.getByRole('option').innerText()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue(`Who knows the customer, @${name} `)
  await page.keyboard.press('Tab')
  await expect(discussion.getByRole('button', { name: 'Add comment' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(discussion.getByText(`@${name}`)).toBeVisible()
  await expect(field).toHaveValue('')
  await expect(field).toBeFocused()
  await page.locator('main').press('w')
  await expect(page.getByRole('button', { name: 'Stop watching' })).toBeVisible()

  await signIn('demo-sa-2')
  await page.goto('/inbox?mentioned=true')
  await page.getByRole('table').locator(`a[href*="/opportunities/${id}"]`).first().click()
  await discussion.getByRole('button', { name: /^Reply to/ }).click()
  await expect(discussion.getByRole('textbox').and(page.locator(':focus'))).toHaveCount(1)
  await page.keyboard.type('I do.')
  await expectAccessible(page)
  await discussion.getByRole('button', { name: 'Add reply' }).click()
  await expect(discussion.getByRole('list', { name: /^Replies to/ })).toContainText('I do.')
  await expect(discussion.getByRole('button', { name: /^Reply to/ })).toBeFocused()
})

test('a file is attached, comes back as it was, is removed and restored', async ({ page, signIn, context }) => {
  await signIn('demo-bid-manager')
  const id = await freshWorkFor('demo-sa-2', context)
  await page.goto(`/opportunities/${id}`)
  const attachments = page.getByRole('region', { name: 'Attachments and links' })
  const content = Buffer.from('%PDF-1.7 an offer')
  const file = { name: 'Offer.pdf', mimeType: 'application/pdf', buffer: content }
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    attachments.getByRole('button', { name: 'Attach a file' }).click(),
  ])
  await chooser.setFiles(file)
  const link = attachments.getByRole('link', { name: 'Offer.pdf' })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toBe('Offer.pdf')
  expect(await readFile(await download.path())).toEqual(content)
  await attachments.getByRole('button', { name: 'Remove Offer.pdf' }).click()
  await expect(attachments.getByRole('button', { name: 'Attach a file' })).toBeFocused()
  await expect(link).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(link).toBeVisible()
})
