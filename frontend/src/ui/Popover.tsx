import type { ReactNode } from 'react'
import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components'
import { FocusBack } from './FocusBack'
import styles from './Popover.module.css'

interface PopoverProps {
  label: string
  /** A Button. */
  trigger: ReactNode
  children: ReactNode | ((close: () => void) => ReactNode)
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
}

/** Show a small dialog at its button, for fields that do not fit a menu. */
export function Popover({ label, trigger, children, ...open }: PopoverProps) {
  return (
    <DialogTrigger {...open}>
      {trigger}
      <AriaPopover className={styles.popover}>
        <FocusBack />
        <Dialog aria-label={label} className={styles.dialog}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
