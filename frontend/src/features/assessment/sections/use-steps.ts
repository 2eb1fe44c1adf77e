import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { PHONE, useMedia } from '@/lib/use-media'
import { usePreference } from '@/entities/preferences/preferences'
import { elementId } from '../draft/DraftContext'
import type { Content } from '../types'
import { type Mode, shownWith, type Step, stepAt, stepsOf } from './steps'

const TYPED = 'textarea, input:not([type=radio]), select'
const CHOSEN = 'input[type=radio]:checked'
const FIRST = 'input[type=radio]'

/** Keep which step has the focus and which are shown, and lead from one to the next by keys. */
export function useSteps(content: Content, onEnd: () => void) {
  const isPhone = useMedia(PHONE)
  const [mode, setMode] = usePreference<Mode>('assessment_mode', isPhone ? 'section' : 'all')
  const steps = stepsOf(content)
  const [code, setCode] = useState(steps[0]?.code ?? '')
  /** The element to focus once its step is shown. */
  const [target, setTarget] = useState<{ code: string; field: string | null } | null>(null)
  const form = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (target === null) return
    const element = target.field === null ? choiceIn(form.current, target.code) : document.getElementById(elementId(target.field))
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'center' })
  }, [target])

  function go(to: string, field: string | null = null) {
    setCode(to)
    setTarget({ code: to, field })
  }

  function goOn(from: string, by: 1 | -1) {
    const next = stepAt(steps, from, by)
    if (next) go(next.code)
    else if (by === 1) onEnd()
  }

  function press(event: KeyboardEvent<HTMLElement>) {
    const way = wayOf(event)
    const here = stepOf(event.target)
    if (way === null || here === null) return
    event.preventDefault()
    if (way === 'comment') form.current?.querySelector<HTMLElement>(`[data-step="${here}"] textarea`)?.focus()
    else if (way === 'answer') choiceIn(form.current, here)?.focus()
    else goOn(here, way)
  }

  const shown = shownWith(steps, code, mode)
  return {
    mode,
    setMode,
    go,
    section: steps.find((step) => step.code === code)?.section ?? '',
    goToSection: (section: string) => go(steps.find((step) => step.section === section)?.code ?? code),
    isShown: (asked: string) => shown.some((step: Step) => step.code === asked),
    /** Go from what is shown to what is shown before or after it. */
    turn: (by: 1 | -1) => goOn((by === 1 ? shown.at(-1) : shown[0])?.code ?? code, by),
    events: {
      ref: form,
      onKeyDown: press,
      onFocus: ({ target: focused }: FocusEvent) => setCode(stepOf(focused) ?? code),
    },
  }
}

/** Tell what a key asks for: on or back, to the comment, or from it to the answer. */
function wayOf({ key, shiftKey, ctrlKey, metaKey, altKey, target }: KeyboardEvent): 1 | -1 | 'comment' | 'answer' | null {
  const element = target as HTMLElement
  const isTyped = element.matches(TYPED)
  if (altKey || element.matches('button, a')) return null
  if (key === 'Enter' && (!isTyped || ctrlKey || metaKey)) return shiftKey ? -1 : 1
  if (isTyped) return key === 'Escape' ? 'answer' : null
  if (ctrlKey || metaKey) return null
  // In a row of choices these keys choose; in a column, up and down do.
  if (key === 'ArrowRight' || key === 'ArrowLeft') return element.closest('[data-column]') ? (key === 'ArrowRight' ? 1 : -1) : null
  return key === 'c' ? 'comment' : null
}

function stepOf(element: EventTarget): string | null {
  return (element as Element).closest<HTMLElement>('[data-step]')?.dataset.step ?? null
}

function choiceIn(form: Element | null, code: string): HTMLElement | null {
  const step = form?.querySelector(`[data-step="${code}"]`)
  return step?.querySelector<HTMLElement>(CHOSEN) ?? step?.querySelector<HTMLElement>(FIRST) ?? null
}
