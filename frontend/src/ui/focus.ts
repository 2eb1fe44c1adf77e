/** Move the focus to the next button of the part, or the one before, as this one is about to go. */
export function focusBeside(button: Element, part: string): void {
  const buttons = [...(button.closest(part)?.querySelectorAll('button') ?? [])]
  const place = buttons.findIndex((each) => each === button)
  const next = buttons[place + 1] ?? buttons[place - 1]
  next?.focus()
}
