import { useEffect, useRef } from 'react'
import { PersonPicker } from '@/entities/person/PersonPicker'
import { offerUndo } from '@/entities/undo'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import { type NamedCondition, NO_CONDITION } from './action-body'
import styles from './ActionDialog.module.css'
import { actionWords } from './strings'

interface ConditionsFieldProps {
  rows: NamedCondition[]
  errors: Record<string, string>
  onChange: (conditions: NamedCondition[]) => void
}

/** At least one, each with somebody who sees to it and a day. */
export function ConditionsField({ rows, errors, onChange }: ConditionsFieldProps) {
  const latest = useRef(rows)
  useEffect(() => void (latest.current = rows), [rows])

  function remove(place: number, row: NamedCondition) {
    onChange(rows.toSpliced(place, 1))
    offerUndo(actionWords.conditionRemoved(place + 1), () =>
      onChange(latest.current.toSpliced(place, 0, row)),
    )
  }

  return (
    <>
      {rows.map((row, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row has nothing of its own but its place
        <fieldset key={place} className={styles.condition}>
          <legend>{actionWords.condition(place + 1)}</legend>
          <ConditionRow
            row={row}
            errorOf={(part) => errors[`conditions.${place}.${part}`]}
            onChange={(more) => onChange(rows.with(place, { ...row, ...more }))}
          />
          {rows.length > 1 && (
            <Button kind="quiet" onPress={() => remove(place, row)}>
              {actionWords.removeCondition(place + 1)}
            </Button>
          )}
        </fieldset>
      ))}
      <div>
        <Button onPress={() => onChange([...rows, NO_CONDITION])}>{actionWords.addCondition}</Button>
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
        label={actionWords.conditionText}
        rows={2}
        value={row.text}
        error={errorOf('text')}
        onChange={(text) => onChange({ text })}
      />
      <div className={styles.row}>
        <PersonPicker
          label={actionWords.conditionOwner}
          value={row.owner}
          error={errorOf('owner')}
          onChange={(owner) => onChange({ owner })}
        />
        <TextField
          label={actionWords.conditionDue}
          type="date"
          value={row.due_on}
          error={errorOf('due_on')}
          onChange={(day) => onChange({ due_on: day })}
        />
      </div>
    </>
  )
}
