/** Comments as threads of one level. Pure. */
import type { Event } from '@/api/schema'

export type Comment = Event

export interface Thread {
  first: Comment
  replies: Comment[]
}

/** Sort comments, newest first, into threads; a reply without its first comment begins one. */
export function threadsOf(comments: Comment[]): Thread[] {
  const known = new Set(comments.map(({ id }) => id))
  const isReply = (comment: Comment) => known.has(repliedTo(comment))
  return comments
    .filter((comment) => !isReply(comment))
    .map((first) => ({
      first,
      replies: comments.filter((each) => repliedTo(each) === first.id).toReversed(),
    }))
}

/** Return the id of the first comment of the thread, or blank. */
export function repliedTo({ changes }: Comment): string {
  return String(changes.reply_to?.[1] ?? '')
}

export interface Part {
  text: string
  isMention: boolean
}

/** Split a comment at the names it mentions. */
export function partsOf({ reason, changes }: Comment): Part[] {
  const names = ((changes.mentions?.[1] ?? []) as unknown[]).map((name) => `@${String(name)}`)
  if (names.length === 0) return [{ text: reason, isMention: false }]
  const longestFirst = names.toSorted((one, other) => other.length - one.length)
  const wanted = new RegExp(`(${longestFirst.map(escaped).join('|')})`)
  return reason
    .split(wanted)
    .filter(Boolean)
    .map((text) => ({ text, isMention: names.includes(text) }))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

/** Return what is typed after the @ before the caret, or null. */
export function typedMention(text: string, caret: number): string | null {
  return /(?:^|\s)@([\p{L}\p{N}._'’-]{0,40})$/u.exec(text.slice(0, caret))?.[1] ?? null
}

/** Put a name where the mention before the caret is typed; return the text and the caret after it. */
export function withMention(text: string, caret: number, name: string): [string, number] {
  const start = caret - (typedMention(text, caret)?.length ?? 0)
  const before = `${text.slice(0, start)}${name} `
  return [before + text.slice(caret).trimStart(), before.length]
}
