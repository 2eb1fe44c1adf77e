import { useEffect, useRef, useState } from 'react'
import { PersonPicker } from '@/entities/person/PersonPicker'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import styles from './ActionDialog.module.css'
import { actionWords } from './strings'

interface NamedCondition {
  text: string
  owner: string
  due_on: string
}

interface ConditionsFieldProps {
  errors: Record<string, string>
  onChange: (conditions: NamedCondition[]) => void
}

const EMPTY: NamedCondition = { text: '', owner: '', due_on: '' }

/** At least one, each with somebody who sees to it and a day. */
export function ConditionsField({ errors, onChange }: ConditionsFieldProps) {
  const [rows, setRows] = useState([EMPTY])
  const tell = useRef(onChange)
  useEffect(() => tell.current(rows), [rows])
  return (
    <>
      {rows.map((row, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row has nothing of its own but its place
        <fieldset key={place} className={styles.condition}>
          <legend>{actionWords.condition(place + 1)}</legend>
          <ConditionRow
            row={row}
            errorOf={(part) => errors[`conditions.${place}.${part}`]}
            onChange={(more) => setRows(rows.with(place, { ...row, ...more }))}
          />
          {rows.length > 1 && (
            <Button kind="quiet" onPress={() => setRows(rows.toSpliced(place, 1))}>
              {actionWords.removeCondition(place + 1)}
            </Button>
          )}
        </fieldset>
      ))}
      <div>
        <Button onPress={() => setRows([...rows, EMPTY])}>{actionWords.addCondition}</Button>
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
