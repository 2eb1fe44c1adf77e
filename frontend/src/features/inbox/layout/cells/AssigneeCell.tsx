import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Opportunity } from '@/api/types'
import { useAction } from '@/entities/action/mutations'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import { optionsOf, peopleQuery } from '@/entities/person/people'
import { useConfirmAction } from '@/entities/undo'
import { strings } from '../../strings'
import { EditableCell } from './EditableCell'

/** Show the SA, whom those who may assign can change here. */
export function AssigneeCell({ row, children }: { row: Opportunity; children: ReactNode }) {
  const { id, name, assigned_sa: sa } = row
  const label = fieldLabel('assigned_sa')
  const { data } = useQuery({ ...peopleQuery('', 'SA'), enabled: row.may_assign })
  const action = sa ? 'REASSIGN' : 'ASSIGN'
  const confirm = useConfirmAction()
  const assign = useAction(row, () => confirm(strings.fieldChanged(name, label), action, [id]), 'list')
  return (
    <EditableCell
      isEditable={row.may_assign}
      label={label}
      value={sa?.id ?? ''}
      valueLabel={sa?.name ?? strings.sa.none}
      isPending={assign.isPending}
      options={data && optionsOf(data.results)}
      onSave={(assignee) => assign.mutate({ action: { path: `actions/${action.toLowerCase()}` }, inputs: { assignee } })}
    >
      {children}
    </EditableCell>
  )
}
