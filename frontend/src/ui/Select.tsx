import { clsx } from 'clsx'
import { useId } from 'react'
import styles from './field.module.css'

interface Option {
  value: string
  label: string
}

interface SelectProps {
  label: string
  value: string
  onChange: (value: string) => void
  options: readonly Option[]
  /** Shown while nothing is chosen; its value is the empty text. */
  placeholder?: string
  error?: string
  isLabelHidden?: boolean
  className?: string
}

/** Render the browser's own select: at home on every device, without script. */
export function Select(props: SelectProps) {
  const { label, value, onChange, options, placeholder, error, isLabelHidden, className } = props
  const id = useId()
  return (
    <div className={clsx(styles.field, className)}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.input}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {error && (
        <span id={`${id}-error`} className={styles.error}>
          {error}
        </span>
      )}
    </div>
  )
}
