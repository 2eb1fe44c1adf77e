const WEB_ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g

/** Find the web addresses in a comment. */
export function linksIn(text: string): string[] {
  return [...new Set(text.match(WEB_ADDRESS) ?? [])]
}
