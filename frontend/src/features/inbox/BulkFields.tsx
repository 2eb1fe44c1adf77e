import { useQuery } from '@tanstack/react-query'
import { reasonsQuery } from '@/entities/opportunity/queries'
import { PersonPicker } from '@/entities/person/PersonPicker'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import type { BulkAction } from './BulkBar'
import type { Said } from './BulkDialog'
import { strings } from './strings'

interface BulkFieldsProps {
  action: BulkAction
  said: Said
  onSay: (changed: Partial<Said>) => void
  errors: Record<string, string>
}

export function BulkFields({ action, said, onSay, errors }: BulkFieldsProps) {
  return (
    <>
      {action === 'assign' && (
        <PersonPicker
          label={strings.assignTo}
          ofRole="SA"
          value={said.assignee}
          onChange={(assignee) => onSay({ assignee })}
          error={errors.assignee}
        />
      )}
      {action === 'hold' && (
        <TextField
          label={strings.reviewOn}
          type="date"
          value={said.review_on}
          onChange={(review_on) => onSay({ review_on })}
          error={errors.review_on}
        />
      )}
      {action === 'noBid' && (
        <ReasonCode
          value={said.reason_code}
          onChange={(reason_code) => onSay({ reason_code })}
          error={errors.reason_code}
        />
      )}
      <TextField
        label={action === 'resume' ? strings.remark : strings.reason}
        rows={3}
        value={said.reason}
        onChange={(reason) => onSay({ reason })}
        description={action === 'assign' ? strings.reasonIfDraft : undefined}
        error={errors.reason}
      />
    </>
  )
}

interface ReasonCodeProps {
  value: string
  onChange: (code: string) => void
  error?: string
}

function ReasonCode({ value, onChange, error }: ReasonCodeProps) {
  const { data } = useQuery(reasonsQuery)
  const options = data?.no_bid.map(({ code, label }) => ({ value: code, label })) ?? []
  return (
    <Select
      label={strings.reasonCode}
      value={value}
      onChange={onChange}
      options={options}
      placeholder={strings.choose}
      error={error}
    />
  )
}
