/** One draft, one window that edits it: the one that was opened last. */

interface OtherTabs {
  /** The others stop. */
  takeOver: () => void
  close: () => void
}

export function watchTabs(key: string, onTakenOver: () => void): OtherTabs {
  if (typeof BroadcastChannel === 'undefined') return { takeOver: () => {}, close: () => {} }
  const channel = new BroadcastChannel(`bqs:${key}`)
  channel.addEventListener('message', onTakenOver)
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
    takeOver: () => channel.postMessage('taken over'),
    close: () => channel.close(),
  }
}
