import { useEffect, useRef } from 'react'
import { PersonPicker } from '@/entities/person/PersonPicker'
import { offerUndo } from '@/entities/undo'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import styles from './ConditionsField.module.css'
import { type NamedCondition, NO_CONDITION } from './inputs'
import { strings } from './strings'

interface ConditionsFieldProps {
  rows: NamedCondition[]
  errors: Record<string, string>
  onChange: (conditions: NamedCondition[]) => void
}

/** Edit the conditions: at least one, each with an owner and a due date. */
export function ConditionsField({ rows, errors, onChange }: ConditionsFieldProps) {
  const latest = useRef(rows)
  useEffect(() => void (latest.current = rows), [rows])

  function remove(place: number, row: NamedCondition) {
    onChange(rows.toSpliced(place, 1))
    offerUndo(strings.conditionRemoved(place + 1), () =>
      onChange(latest.current.toSpliced(place, 0, row)),
    )
  }

  return (
    <>
      {rows.map((row, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row has nothing of its own but its place
        <fieldset key={place} className={styles.condition}>
          <legend>{strings.condition(place + 1)}</legend>
          <ConditionRow
            row={row}
            errorOf={(part) => errors[`conditions.${place}.${part}`]}
            onChange={(more) => onChange(rows.with(place, { ...row, ...more }))}
          />
          {rows.length > 1 && (
            <Button kind="quiet" onPress={() => remove(place, row)}>
              {strings.removeCondition(place + 1)}
            </Button>
          )}
        </fieldset>
      ))}
      <div>
        <Button onPress={() => onChange([...rows, NO_CONDITION])}>{strings.addCondition}</Button>
      </div>
    </>
  )
}

interface ConditionRowProps {
  row: NamedCondition
  errorOf: (part: keyof NamedCondition) => string | undefined
  onChange: (more: Partial<NamedCondition>) => void
}

function ConditionRow({ row, errorOf, onChange }: ConditionRowProps) {
  return (
    <>
      <TextField
        label={strings.conditionText}
        rows={2}
        value={row.text}
        error={errorOf('text')}
        onChange={(text) => onChange({ text })}
      />
      <div className={styles.row}>
        <PersonPicker
          label={strings.conditionOwner}
          value={row.owner}
          error={errorOf('owner')}
          onChange={(owner) => onChange({ owner })}
        />
        <TextField
          label={strings.conditionDue}
          type="date"
          value={row.due_on}
          error={errorOf('due_on')}
          onChange={(day) => onChange({ due_on: day })}
        />
      </div>
    </>
  )
}
