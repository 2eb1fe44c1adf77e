import { expect, type Locator, type Page } from '@playwright/test'
import { type Name, passwordOf } from './site'

const FAR = 250
/** To find out which they are takes longer than a step; they change now and then. */
const LOOK_AGAIN = 10

/** On to it, or to one of them, as somebody without a mouse comes there. */
export async function tabTo(target: Locator): Promise<void> {
  await expect(target.first()).toBeAttached()
  const page = target.page()
  let wanted = await target.elementHandles()
  for (let pressed = 0; pressed < FAR; pressed += 1) {
    if (await page.evaluate((found) => found.some((each) => each === document.activeElement), wanted)) return
    if (pressed % LOOK_AGAIN === LOOK_AGAIN - 1) wanted = await target.elementHandles()
    await page.keyboard.press('Tab')
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
