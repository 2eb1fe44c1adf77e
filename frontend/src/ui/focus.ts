/** Move the focus to the next button of the part, or the one before, or what else takes it, as this one is about to go. */
export function focusBeside(button: Element, part: string): void {
  const whole = button.closest(part)
  const buttons = [...(whole?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])]
  const place = buttons.findIndex((each) => each === button)
  const next = buttons[place + 1] ?? buttons[place - 1] ?? whole?.querySelector<HTMLElement>('a[href], input')
  next?.focus()
}
