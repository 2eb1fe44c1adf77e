import type { LucideIcon } from 'lucide-react'
import { Button, type ButtonProps } from './Button'

interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  icon: LucideIcon
  /** What a screen reader says, as there are no words to read. */
  label: string
  size?: number
}

/** Render a quiet button that shows a picture alone. */
export function IconButton({ icon: Icon, label, size = 16, ...rest }: IconButtonProps) {
  return (
    <Button kind="quiet" isIconOnly aria-label={label} {...rest}>
      <Icon size={size} aria-hidden />
    </Button>
  )
}
