import { X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import { ConflictPanel } from './ConflictPanel'
import { useFieldOf, useForm } from './DraftContext'
import styles from './fields.module.css'
import { formWords } from './strings'
import type { Competitor } from './types'

const NAME = 'competitors'
const NOBODY: Competitor = { name: '', strength: '', weakness: '' }

/** A row without a name is not saved, and stays until it is removed. */
export function CompetitorsField() {
  const { isReadOnly } = useForm()
  const { value, change, error } = useFieldOf<Competitor[]>(NAME, [])
  const [rows, setRows] = useState(value)

  function become(changed: Competitor[]) {
    setRows(changed)
    change(changed.filter((each) => each.name.trim() !== ''))
  }

  return (
    <fieldset className={styles.comment}>
      <legend className={styles.legend}>{formWords.competitors}</legend>
      {rows.map((row, place) => (
        <CompetitorRow
          // oxlint-disable-next-line react/no-array-index-key -- a row has nothing of its own but its place
          key={place}
          place={place}
          row={row}
          isReadOnly={isReadOnly}
          onChange={(changed) => become(rows.with(place, changed))}
          onRemove={() => become(rows.toSpliced(place, 1))}
        />
      ))}
      {error && <p className={styles.error}>{error}</p>}
      <ConflictPanel name={NAME} />
      {!isReadOnly && (
        <div>
          <Button onPress={() => setRows([...rows, NOBODY])}>{formWords.addCompetitor}</Button>
        </div>
      )}
    </fieldset>
  )
}

interface CompetitorRowProps {
  place: number
  row: Competitor
  isReadOnly: boolean
  onChange: (row: Competitor) => void
  onRemove: () => void
}

function CompetitorRow({ place, row, isReadOnly, onChange, onRemove }: CompetitorRowProps) {
  const parts = [
    ['name', formWords.competitorName],
    ['strength', formWords.strength],
    ['weakness', formWords.weakness],
  ] as const
  return (
    <div className={styles.competitor} role="group" aria-label={formWords.competitor(place + 1)}>
      {parts.map(([part, label]) => (
        <TextField
          key={part}
          label={label}
          value={row[part]}
          isReadOnly={isReadOnly}
          onChange={(value) => onChange({ ...row, [part]: value })}
        />
      ))}
      {!isReadOnly && (
        <Button
          kind="quiet"
          isIconOnly
          aria-label={formWords.removeCompetitor(row.name)}
          onPress={onRemove}
        >
          <X size={16} aria-hidden />
        </Button>
      )}
    </div>
  )
}
