const WEB_ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g

/** Evidence is linked in the comment itself. */
export function linksIn(text: string): string[] {
  return [...new Set(text.match(WEB_ADDRESS) ?? [])]
}
