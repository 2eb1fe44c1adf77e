import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import styles from './Checkbox.module.css'

interface CheckboxProps {
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  isIndeterminate?: boolean
  /** Where nothing is written beside the box. */
  'aria-label'?: string
  children?: ReactNode
  className?: string
}

export function Checkbox(props: CheckboxProps) {
  const { isSelected, onChange, isIndeterminate = false, children, className } = props
  return (
    <label className={clsx(styles.checkbox, className)}>
      <input
        type="checkbox"
        className={styles.box}
        checked={isSelected}
        aria-label={props['aria-label']}
        ref={(box) => {
          if (box) box.indeterminate = isIndeterminate
        }}
        onChange={(event) => onChange(event.target.checked)}
      />
      {children}
    </label>
  )
}
