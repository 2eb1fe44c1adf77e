import { X } from 'lucide-react'
import { useState } from 'react'
import { offerUndo } from '@/entities/undo'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { TextField } from '@/ui/TextField'
import { ConflictPanel } from '../draft/ConflictPanel'
import { useFieldValue, useForm } from '../draft/DraftContext'
import styles from '../fields.module.css'
import { formWords } from '../strings'
import type { Competitor } from '../types'
import { isBlank, isNameless, written } from '../draft/competitors'
import { shown } from '../draft/draft'
import { isSame } from '../draft/values'

const NAME = 'competitors'
const NOBODY: Competitor = { name: '', strength: '', weakness: '' }

/** Edit the competitors; the list is not saved while one has no name. */
export function CompetitorsField() {
  const { isReadOnly, autosave } = useForm()
  const { id, value, change, error } = useFieldValue<Competitor[]>(NAME, [])
  const [rows, setRows] = useState(value)
  // Blank rows are the page's alone; what somebody else saved, or Undo, comes from the draft.
  if (!isSame(written(rows), written(value))) setRows(value)
  const faulty = Math.max(rows.findIndex(isNameless), 0)

  function become(changed: Competitor[]) {
    change(written(changed))
    setRows(changed)
  }

  function remove(place: number, row: Competitor) {
    become(rows.toSpliced(place, 1))
    const undo = () => change(((shown(autosave.draft)[NAME] ?? []) as Competitor[]).toSpliced(place, 0, row))
    if (!isBlank(row)) offerUndo(formWords.competitorRemoved(row.name), undo)
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
          {...(place === faulty && { id, error })}
          onChange={(changed) => become(rows.with(place, changed))}
          onRemove={() => remove(place, row)}
        />
      ))}
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
  /** Of its first field, where the error is said. */
  id?: string
  error?: string
  place: number
  row: Competitor
  isReadOnly: boolean
  onChange: (row: Competitor) => void
  onRemove: () => void
}

function CompetitorRow({ id, error, place, row, isReadOnly, onChange, onRemove }: CompetitorRowProps) {
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
          {...(part === 'name' && { id, error })}
          label={label}
          value={row[part]}
          isReadOnly={isReadOnly}
          onChange={(value) => onChange({ ...row, [part]: value })}
        />
      ))}
      {!isReadOnly && (
        <IconButton icon={X} label={formWords.removeCompetitor(row.name)} onPress={onRemove} />
      )}
    </div>
  )
}
