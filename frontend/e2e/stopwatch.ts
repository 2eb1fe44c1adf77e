/* oxlint-disable unicorn/consistent-function-scoping -- it goes into the page as a whole */

export interface Measured {
  /** Milliseconds since the document began, as all here. */
  start: number
  /** When the last answer with rows had come. */
  answered: number
  /** When its rows were painted. */
  shown: number
  /** When a key was answered for the first time. */
  ready: number
}

interface Moved {
  value: number
  sources: string[]
}

declare global {
  interface Window {
    bqsWatch: () => void
    bqsMeasured: Measured | null
    bqsMoved: Moved[]
  }
}

/** Runs in the page, from its beginning: looks at the list in every frame until other rows are there. */
export function watch(): void {
  window.bqsMoved = []
  window.bqsWatch = () => {
    window.bqsMeasured = null
    look(performance.now(), rows(), 0)
  }

  function look(start: number, before: string, shown: number): void {
    requestAnimationFrame(() => {
      const now = rows()
      if (!shown && (now === '' || now === before)) look(start, before, 0)
      else afterPaint(() => judge(start, before, shown || performance.now()))
    })
  }

  function judge(start: number, before: string, shown: number): void {
    if (isReady(before)) window.bqsMeasured = { start, answered: answered(), shown, ready: performance.now() }
    else look(start, before, shown)
  }

  /** The row that `j` comes to is marked; asked of a new page only, as a menu may be open later. */
  function isReady(before: string): boolean {
    if (before !== '') return true
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))
    return document.querySelector('tr[data-cursor]') !== null
  }

  function rows(): string {
    const table = document.querySelector('main table')
    if (!table || table.getAttribute('aria-busy') === 'true') return ''
    return [...table.querySelectorAll('tbody a')].map((link) => link.textContent).join()
  }

  function answered(): number {
    const lists = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    return Math.max(...lists.filter(({ name }) => /api\/opportunities\?/.test(name)).map(({ responseEnd }) => responseEnd))
  }

  function afterPaint(then: () => void): void {
    requestAnimationFrame(() => setTimeout(then))
  }

  interface Shift extends PerformanceEntry {
    value: number
    hadRecentInput: boolean
    sources: { node: Node | null }[]
  }
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
      if (hadRecentInput) continue
      window.bqsMoved.push({
        value,
        sources: sources.map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 160) ?? ''),
      })
    }
  }).observe({ type: 'layout-shift', buffered: true })
  window.bqsWatch()
}
