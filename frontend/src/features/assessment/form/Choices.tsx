import { clsx } from 'clsx'
import { useForm, useField } from '../draft/DraftContext'
import styles from './Choices.module.css'
import fields from '../fields.module.css'

export interface Choice {
  value: string
  label: string
  /** What choosing it says. */
  means?: string
}

interface ChoicesProps {
  name: string
  choices: Choice[]
  /** Side by side; a digit chooses by place. In a column it chooses the rating that it names. */
  isRow?: boolean
}

/** Show native radios: arrows move and choose, Tab enters and leaves. */
export function Choices({ name, choices, isRow = false }: ChoicesProps) {
  const { isReadOnly } = useForm()
  const { id, value, change, error } = useField(name)
  const errorId = `${id}-error`

  function chooseByDigit(event: React.KeyboardEvent) {
    const chosen = isRow ? choices[Number(event.key) - 1] : choices.find((each) => each.value === event.key)
    if (!chosen || isReadOnly || event.ctrlKey || event.metaKey) return
    change(chosen.value)
    const radios = event.currentTarget.querySelectorAll('input')
    radios[choices.indexOf(chosen)]?.focus()
  }

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the radios in it have the focus */}
      <div
        role="radiogroup"
        className={clsx(styles.choices, isRow && styles.row)}
        data-column={!isRow || undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
        onKeyDown={chooseByDigit}
      >
      {choices.map((each, place) => (
        <label key={each.value} className={styles.choice} data-chosen={value === each.value || undefined}>
          <input
            type="radio"
            // The error summary leads to the first one.
            id={place === 0 ? id : undefined}
            name={id}
            className={styles.radio}
            checked={value === each.value}
            disabled={isReadOnly && value !== each.value}
            onChange={() => !isReadOnly && change(each.value)}
          />
          <span className={styles.label}>{each.label}</span>
          {each.means && <span className={styles.means}>{each.means}</span>}
        </label>
      ))}
      </div>
      {error && (
        <p id={errorId} className={fields.error}>
          {error}
        </p>
      )}
    </>
  )
}
