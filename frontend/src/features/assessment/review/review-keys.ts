import { useShortcutsPreference } from '@/entities/preferences/preferences'
import { useShortcuts } from '@/lib/shortcuts'

const CRITERIA = '[data-criterion]'

/** Let `j` and `k` go from criterion to criterion, and `c` into its comment box. */
export function useReviewKeys(): void {
  const [hasShortcuts] = useShortcutsPreference()
  useShortcuts(
    {
      j: () => focusNeighbour(1),
      k: () => focusNeighbour(-1),
      c: () => boxOf(document.activeElement)?.focus(),
    },
    hasShortcuts,
  )
}

/** Move to the next criterion from the one that has the focus or holds it; to the first from elsewhere. */
function focusNeighbour(step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(CRITERIA)]
  const here = all.findIndex((each) => each.contains(document.activeElement))
  const next = all[here === -1 ? 0 : here + step]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'center' })
}

/** Find the comment box, which stands last: replies have theirs before it. */
function boxOf(place: Element | null): HTMLElement | undefined {
  const criterion = place?.closest(CRITERIA) ?? document.querySelector(CRITERIA)
  return [...(criterion?.querySelectorAll<HTMLElement>('textarea') ?? [])].at(-1)
}
