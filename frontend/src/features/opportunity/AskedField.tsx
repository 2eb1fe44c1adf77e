import { useQuery } from '@tanstack/react-query'
import type { ActionOffer } from '@/api/types'
import { reasonsQuery } from '@/entities/opportunity/queries'
import { PersonPicker } from '@/entities/person/PersonPicker'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { type NamedCondition, NO_CONDITION } from './action-body'
import type { Said } from './actions'
import { ConditionsField } from './ConditionsField'
import { actionWords } from './strings'

interface AskedFieldProps {
  ask: ActionOffer['asks'][number]
  isNeeded: boolean
  isDeclining: boolean
  assignedId: string | undefined
  said: Said
  onSay: (more: Said) => void
  errors: Record<string, string>
}

/** One thing an action asks for, as its body names it. */
export function AskedField(props: AskedFieldProps) {
  const { ask, isNeeded, isDeclining, assignedId, said, onSay, errors } = props
  const value = String(said[ask] ?? '')
  const error = errors[ask]
  switch (ask) {
    case 'reason':
      return (
        <TextField
          label={isNeeded ? actionWords.reason : actionWords.reasonOptional}
          rows={3}
          isRequired={isNeeded}
          value={value}
          error={error}
          onChange={(reason) => onSay({ reason })}
        />
      )
    case 'reason_code':
      return (
        <ReasonCodeField
          isNeeded={isNeeded}
          isDeclining={isDeclining}
          value={value}
          error={error}
          onChange={(code) => onSay({ reason_code: code })}
        />
      )
    case 'assignee':
      return (
        <PersonPicker
          label={actionWords.assignee}
          ofRole="SA"
          except={assignedId}
          value={value}
          error={error}
          onChange={(assignee) => onSay({ assignee })}
        />
      )
    case 'review_on':
      return (
        <TextField
          label={actionWords.reviewOn}
          type="date"
          isRequired={isNeeded}
          value={value}
          error={error}
          onChange={(day) => onSay({ review_on: day })}
        />
      )
    case 'conditions':
      return (
        <ConditionsField
          rows={(said.conditions ?? [NO_CONDITION]) as NamedCondition[]}
          errors={errors}
          onChange={(conditions) => onSay({ conditions })}
        />
      )
  }
}

interface ReasonCodeFieldProps {
  isNeeded: boolean
  isDeclining: boolean
  value: string
  error: string | undefined
  onChange: (code: string) => void
}

function ReasonCodeField({ isNeeded, isDeclining, value, error, onChange }: ReasonCodeFieldProps) {
  const reasons = useQuery(reasonsQuery)
  const known = (isDeclining ? reasons.data?.no_bid : reasons.data?.override) ?? []
  return (
    <Select
      label={isNeeded ? actionWords.reasonCode : actionWords.reasonCodeOptional}
      placeholder={actionWords.choose}
      value={value}
      error={error}
      onChange={onChange}
      options={known.map(({ code, label }) => ({ value: code, label }))}
    />
  )
}
