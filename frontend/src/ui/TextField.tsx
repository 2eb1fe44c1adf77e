import type { HTMLInputAutoCompleteAttribute, RefAttributes } from 'react'
import {
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  type TextAreaProps,
} from 'react-aria-components'
import styles from './field.module.css'

export interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  /** Of the input, for links to it. */
  id?: string
  /** No `number`: Chromium reads 12,5 as 125 there. */
  type?: 'text' | 'password' | 'date' | 'time' | 'email'
  inputMode?: 'decimal'
  description?: string
  error?: string
  placeholder?: string
  name?: string
  rows?: number
  /** Of the text area alone. */
  area?: TextAreaProps & RefAttributes<HTMLTextAreaElement>
  maxLength?: number
  isRequired?: boolean
  isReadOnly?: boolean
  autoFocus?: boolean
  autoComplete?: HTMLInputAutoCompleteAttribute
  isLabelHidden?: boolean
}

/** Keeps years to four digits. */
export const LAST_DAY = '9999-12-31'

/** Render a text field, with `rows` a text area; an `error` is shown below and read out. */
export function TextField(props: TextFieldProps) {
  const { label, description, error, placeholder, rows, area, isLabelHidden, ...field } = props
  return (
    <AriaTextField
      {...field}
      className={styles.field}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={isLabelHidden ? 'visually-hidden' : styles.label}>{label}</Label>
      {rows ? (
        <TextArea {...area} className={styles.input} rows={rows} placeholder={placeholder} />
      ) : (
        <Input className={styles.input} placeholder={placeholder} max={field.type === 'date' ? LAST_DAY : undefined} />
      )}
      {description && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaTextField>
  )
}
