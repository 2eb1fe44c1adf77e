import { expect, type Locator, type Page } from '@playwright/test'
import { type Name, passwordOf } from './site'

const FAR = 250

/** On to it, or to one of them, as somebody without a mouse comes there. */
export async function tabTo(target: Locator): Promise<void> {
  await expect(target.first()).toBeAttached()
  const { keyboard } = target.page()
  for (let pressed = 0; pressed < FAR; pressed += 1) {
    if (await target.evaluateAll((found) => found.some((each) => each === document.activeElement))) return
    await keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}.`)
}

export async function enter(target: Locator): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.press('Enter')
}

export async function write(target: Locator, text: string): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.type(text)
}

/** Arrows move and choose; Space chooses where the focus is. */
export async function choose(group: Locator, name: string | RegExp): Promise<void> {
  const { keyboard } = group.page()
  await tabTo(group.getByRole('radio'))
  const wanted = group.getByRole('radio', { name, exact: true })
  if (await wanted.evaluate((radio) => radio === document.activeElement)) await keyboard.press('Space')
  while (!(await wanted.isChecked())) await keyboard.press('ArrowDown')
}

/** Close it by Escape; the next key is for what is there then. */
export async function escape(open: Locator): Promise<void> {
  await open.page().keyboard.press('Escape')
  await expect(open).toHaveCount(0)
}

export async function signInByKeys(page: Page, name: Name): Promise<void> {
  await expect(page.getByLabel('User name')).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Password')).toBeFocused()
  await page.keyboard.type(passwordOf(name))
  await page.keyboard.press('Enter')
}
