import type { ElementHandle, Page } from '@playwright/test'
import type { Rng } from './rng'

const KEYS = 'j j j k k x x p p Enter Enter a / ? Control+k Escape Escape Tab Tab Tab Shift+Tab ArrowDown ArrowUp ArrowLeft ArrowRight Space Backspace Home End PageDown'.split(' ')
const WORDS = ['rail', '12,5', '2027-03-01', '300000000000001', 'O’Hara', 'Österreich', 'عقد', '契約 🚄', '%_\\', '<b>x</b>', '-1', 'a'.repeat(300), ' ', 'No money.']
const PLACES = ['/', '/dashboard', '/inbox', '/inbox?tab=all', '/inbox?tab=in_review&group=practice', '/syncs', '/nowhere']
const NARROWEST = 390
const WIDEST = 1440

/** What a person might do next; each answers what it did, in words. */
export class Walker {
  private readonly acts = [
    [50, () => this.click()],
    [24, () => this.press()],
    [10, () => this.type()],
    [5, () => this.scroll()],
    [4, () => this.back()],
    [2, () => this.forward()],
    [2, () => this.reload()],
    [2, () => this.resize()],
    [2, () => this.visit()],
  ] as const

  constructor(
    private readonly page: Page,
    private readonly rng: Rng,
  ) {}

  step(): Promise<string> {
    return this.rng.weighed(this.acts)()
  }

  private async click(): Promise<string> {
    const found = await this.page.evaluateHandle(somethingToPress, this.rng.next())
    const target = found.asElement() as ElementHandle<HTMLElement> | null
    if (!target) return 'found nothing to click'
    const name = await target.evaluate(nameOf)
    if (name.startsWith('select')) return `${name}: ${await this.choose(target as never)}`
    await target.scrollIntoViewIfNeeded({ timeout: 1000 }).catch(() => {})
    const box = await target.boundingBox()
    if (box) await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    return `click ${name}`
  }

  private async choose(target: ElementHandle<HTMLSelectElement>): Promise<string> {
    const count = await target.evaluate((select) => select.options.length)
    const index = Math.floor(this.rng.next() * count)
    await target.selectOption({ index }, { timeout: 1000 }).catch(() => {})
    return `option ${index}`
  }

  private async press(): Promise<string> {
    const key = this.rng.oneOf(KEYS)
    await this.page.keyboard.press(key)
    return `press ${key}`
  }

  private async type(): Promise<string> {
    const word = this.rng.oneOf(WORDS)
    await this.page.keyboard.type(word)
    return `type ${word.slice(0, 30)}`
  }

  private async scroll(): Promise<string> {
    const by = Math.round((this.rng.next() - 0.3) * 2000)
    await this.page.mouse.wheel(0, by)
    return `scroll by ${by}`
  }

  private async back(): Promise<string> {
    await this.page.goBack()
    return 'back'
  }

  private async forward(): Promise<string> {
    await this.page.goForward()
    return 'forward'
  }

  private async reload(): Promise<string> {
    await this.page.reload()
    return 'reload'
  }

  private async resize(): Promise<string> {
    const width = NARROWEST + Math.round(this.rng.next() * (WIDEST - NARROWEST))
    await this.page.setViewportSize({ width, height: 900 })
    return `${width} px wide`
  }

  private async visit(): Promise<string> {
    const place = this.rng.oneOf(PLACES)
    await this.page.goto(place)
    return `go to ${place}`
  }
}

/** In front of everything else; what leads out of the page is left. Runs in the page. */
function somethingToPress(luck: number): Element | null {
  const PRESSED = 'a[href], button, input, textarea, select, summary, [role^=menuitem], [role=option], tbody tr'
  const OUT = '[href^="/admin"], [href^="/api"], [href^="http"], [disabled]'
  const front = [...document.querySelectorAll('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]')].at(-1)
  const found = [...(front ?? document).querySelectorAll(PRESSED)].filter(
    (each) => each.checkVisibility() && !each.matches(OUT) && !/^sign out$/i.test(each.textContent ?? ''),
  )
  return found[Math.floor(luck * found.length)] ?? null
}

function nameOf(element: HTMLElement): string {
  const words = element.getAttribute('aria-label') ?? element.innerText ?? element.getAttribute('name') ?? ''
  return `${element.localName} ‘${words.replaceAll(/\s+/g, ' ').trim().slice(0, 60)}’`
}
