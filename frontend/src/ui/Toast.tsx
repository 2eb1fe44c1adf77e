import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { Button } from './Button'
import { IconButton } from './IconButton'
import styles from './Toast.module.css'

interface Message {
  text: string
  kind: 'done' | 'failed'
  action?: { label: string; onPress: () => void }
  /** Disappear after so long, also with an action. */
  timeoutMs?: number
}

const PATIENCE_MS = 6000
const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 })

/** Show a message and return what closes it; successes disappear, failures and offers stay until closed. */
export function toast(message: Message): () => void {
  const isPassing = message.kind === 'done' && !message.action
  const timeout = message.timeoutMs ?? (isPassing ? PATIENCE_MS : undefined)
  const key = queue.add(message, timeout === undefined ? {} : { timeout })
  return () => queue.close(key)
}

/** Take away every message, as for another person. */
export function clearToasts(): void {
  queue.clear()
}

export function Toasts({ label, closeLabel }: { label: string; closeLabel: string }): ReactNode {
  return (
    <ToastRegion queue={queue} className={styles.region} aria-label={label}>
      {({ toast: shown }) => (
        <AriaToast toast={shown} className={styles.toast} data-kind={shown.content.kind}>
          <ToastContent className={styles.content}>
            <Text slot="title">{shown.content.text}</Text>
          </ToastContent>
          {shown.content.action && (
            <Button
              onPress={() => {
                shown.content.action?.onPress()
                queue.close(shown.key)
              }}
            >
              {shown.content.action.label}
            </Button>
          )}
          <IconButton icon={X} slot="close" label={closeLabel} />
        </AriaToast>
      )}
    </ToastRegion>
  )
}
