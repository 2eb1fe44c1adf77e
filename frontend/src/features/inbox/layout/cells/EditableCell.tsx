import { type FocusEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { LAST_DAY } from '@/ui/TextField'
import { strings } from '../../strings'
import styles from './cells.module.css'

type Field = HTMLSelectElement | HTMLInputElement
export interface Option {
  value: string
  label: string
}

interface EditableCellProps {
  /** Where it may not be changed it is only shown. */
  isEditable: boolean
  label: string
  value: string
  isPending: boolean
  onSave: (value: string) => void
  /** What can be chosen; a day where this is null, nothing yet where it is undefined. */
  options: Option[] | null | undefined
  /** Name a value that is none of the options. */
  valueLabel?: string
  children: ReactNode
}

/** Show a value that a click or Enter lets one change in its place. */
export function EditableCell({ isEditable, isPending, children, onSave, ...field }: EditableCellProps) {
  const [opened, open] = useState<'' | 'by pointer' | 'by key'>('')
  const button = useRef<HTMLButtonElement>(null)
  if (!isEditable) return children

  function close(chosen: string, isFocusHere: boolean) {
    open('')
    if (isFocusHere) button.current?.focus()
    if (chosen !== field.value) onSave(chosen)
  }

  return (
    <span className={styles.editable} data-editing={opened || undefined}>
      <button
        ref={button}
        type="button"
        className={styles.edit}
        aria-busy={isPending}
        onClick={({ detail: clicks }) => open(clicks > 0 ? 'by pointer' : 'by key')}
      >
        {children}
        <span className="visually-hidden">{strings.change(field.label)}</span>
      </button>
      {opened && <Editor {...field} start={opened === 'by key' ? focus : openPicker} onEnd={close} />}
    </span>
  )
}

interface EditorProps extends Pick<EditableCellProps, 'label' | 'value' | 'options' | 'valueLabel'> {
  start: (field: Field | null) => void
  onEnd: (chosen: string, isFocusHere: boolean) => void
}

/** Save on Enter, on a choice with the pointer and on leaving; not on Escape. */
function Editor({ label, value, options, valueLabel, start, onEnd }: EditorProps) {
  const isOver = useRef(false)
  // An arrow key only passes over a choice.
  const isByKey = useRef(false)

  function end(chosen: string, isFocusHere = true) {
    if (isOver.current) return
    isOver.current = true
    onEnd(chosen, isFocusHere)
  }

  function press(event: KeyboardEvent<Field>) {
    event.stopPropagation()
    isByKey.current = event.key !== ' '
    if (event.key === 'Escape') end(value)
    if (event.key !== 'Enter') return
    event.preventDefault()
    end(readField(event.currentTarget, value))
  }

  const field = {
    ref: start,
    className: styles.editor,
    'aria-label': label,
    defaultValue: value,
    onPointerDown: () => void (isByKey.current = false),
    onChange: ({ target }: { target: Field }) => !isByKey.current && end(target.value),
    onBlur: ({ target }: FocusEvent<Field>) => end(readField(target, value), false),
    onKeyDown: press,
  }
  if (options === null) return <input type="date" max={LAST_DAY} {...field} />
  if (!options) return null
  const isKnown = options.some((each) => each.value === value)
  return (
    <select {...field}>
      {[...(isKnown ? [] : [{ value, label: valueLabel }]), ...options].map((each) => (
        <option key={each.value} value={each.value}>
          {each.label}
        </option>
      ))}
    </select>
  )
}

/** Return what stands in the field; half a date changes nothing. */
function readField(field: Field, value: string): string {
  return field.validity.badInput ? value : field.value
}

function focus(field: Field | null): void {
  field?.focus()
}

function openPicker(field: Field | null): void {
  field?.focus()
  field?.showPicker?.()
}
