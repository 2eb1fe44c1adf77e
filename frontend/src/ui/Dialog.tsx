import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button, type ButtonProps } from './Button'
import { IconButton } from './IconButton'
import { FocusBack } from './FocusBack'
import styles from './Dialog.module.css'

interface DialogProps {
  title: string
  isOpen?: boolean
  onClose: () => void
  children: ReactNode
  /** What it is for: the main button at its foot, after Cancel. */
  action?: ButtonProps
  /** At the foot instead, the main one last. */
  buttons?: ReactNode
  size?: 'small' | 'medium' | 'large'
  /** As a drawer it takes the right side, as high as the window. */
  isDrawer?: boolean
  /** Nothing in it takes the focus: it is scrolled by keyboard itself. */
  isToRead?: boolean
  /** Neither Escape nor a click beside it ends it. */
  isInsistent?: boolean
}

/** Show a dialog; it takes the focus and gives it back. */
export function Dialog(props: DialogProps) {
  const { title, isOpen = true, onClose, children, action, buttons, size = 'medium' } = props
  const { isDrawer = false, isToRead = false, isInsistent = false } = props
  return (
    <ModalOverlay
      className={styles.overlay}
      data-drawer={isDrawer || undefined}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isInsistent}
      isKeyboardDismissDisabled={isInsistent}
    >
      <Modal className={isDrawer ? styles.drawer : styles.modal} data-size={size}>
        <FocusBack />
        <AriaDialog className={styles.dialog}>
          <header className={styles.head}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {!isInsistent && (
              <IconButton icon={X} label="Close" onPress={onClose} />
            )}
          </header>
          <div className={styles.body} tabIndex={isToRead ? 0 : undefined}>
            {children}
          </div>
          {(action ?? buttons) && (
            <footer className={styles.foot}>
              {action && <Button onPress={onClose}>Cancel</Button>}
              {action ? <Button kind="primary" {...action} /> : buttons}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
