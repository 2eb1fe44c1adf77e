import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import styles from './Button.module.css'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children'> {
  kind?: 'plain' | 'primary' | 'danger' | 'quiet'
  isIconOnly?: boolean
  className?: string
  children: ReactNode
}

/** Render a button with `onPress`; while `isPending` it keeps its place and its focus. */
export function Button({ kind = 'plain', isIconOnly, className, ...rest }: ButtonProps) {
  const look = clsx(styles.button, styles[kind], isIconOnly && styles.icon, className)
  return <AriaButton {...rest} className={look} />
}
