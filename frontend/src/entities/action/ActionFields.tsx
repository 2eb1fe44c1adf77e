import { useQuery } from '@tanstack/react-query'
import { reasonsQuery } from '@/api/queries'
import type { AskedAction, AskedName } from '@/api/types'
import { PersonPicker } from '@/entities/person/PersonPicker'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { ConditionsField } from './ConditionsField'
import { type ActionInputs, fieldsOf, type NamedCondition, NO_CONDITION } from './inputs'
import { strings } from './strings'

interface ActionFieldsProps {
  action: AskedAction
  inputs: ActionInputs
  onChange: (more: ActionInputs) => void
  errors: Record<string, string>
  /** Offer the reasons for a no bid; else those for an override. */
  isDeclining?: boolean
  /** The assignee, who cannot be chosen again. */
  assignedId?: string
  /** Explain when an optional reason is needed. */
  reasonHint?: string
}

/** Show a field for each input the server says the action takes. */
export function ActionFields({ action, ...rest }: ActionFieldsProps) {
  return fieldsOf(action).map((field) => <ActionField key={field.name} {...field} {...rest} />)
}

interface ActionFieldProps extends Omit<ActionFieldsProps, 'action'> {
  name: AskedName
  isRequired: boolean
}

function ActionField(props: ActionFieldProps) {
  const { name, isRequired, inputs, errors, onChange, isDeclining = false, assignedId, reasonHint } = props
  const field = {
    value: String(inputs[name] ?? ''),
    error: errors[name],
    onChange: (value: string) => onChange({ [name]: value }),
  }
  switch (name) {
    case 'reason':
      return (
        <TextField
          {...field}
          label={isRequired ? strings.reason : strings.reasonOptional}
          description={isRequired ? undefined : reasonHint}
          rows={3}
          isRequired={isRequired}
        />
      )
    case 'reason_code':
      return <ReasonCodeField {...field} isRequired={isRequired} isDeclining={isDeclining} />
    case 'assignee':
      return <PersonPicker {...field} label={strings.assignee} ofRole="SA" except={assignedId} />
    case 'review_on':
      return <TextField {...field} label={strings.reviewOn} type="date" isRequired={isRequired} />
    case 'conditions':
      return (
        <ConditionsField
          rows={(inputs.conditions ?? [NO_CONDITION]) as NamedCondition[]}
          errors={errors}
          onChange={(conditions) => onChange({ conditions })}
        />
      )
  }
}

interface ReasonCodeFieldProps {
  isRequired: boolean
  isDeclining: boolean
  value: string
  error: string | undefined
  onChange: (code: string) => void
}

function ReasonCodeField({ isRequired, isDeclining, ...field }: ReasonCodeFieldProps) {
  const reasons = useQuery(reasonsQuery).data
  const known = (isDeclining ? reasons?.no_bid : reasons?.override) ?? []
  return (
    <Select
      {...field}
      label={isRequired ? strings.reasonCode : strings.reasonCodeOptional}
      placeholder={strings.choose}
      options={known.map(({ code, label }) => ({ value: code, label }))}
    />
  )
}
