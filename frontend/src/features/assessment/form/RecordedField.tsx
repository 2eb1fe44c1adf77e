import { TextField } from '@/ui/TextField'
import { ConflictPanel } from '../draft/ConflictPanel'
import { useField, useForm } from '../draft/DraftContext'

interface RecordedFieldProps {
  name: string
  label: string
  type?: 'text' | 'date'
  rows?: number
  isNumber?: boolean
}

export function RecordedField({ name, label, type, rows, isNumber }: RecordedFieldProps) {
  const { autosave, isReadOnly } = useForm()
  const { id, value, change, error } = useField(name)
  return (
    <div>
      <TextField
        id={id}
        label={label}
        type={type}
        rows={rows}
        inputMode={isNumber ? 'decimal' : undefined}
        value={value}
        onChange={change}
        error={error}
        isReadOnly={isReadOnly}
        onBlur={() => void autosave.flush()}
      />
      <ConflictPanel name={name} mayKeepBoth={rows !== undefined} />
    </div>
  )
}
