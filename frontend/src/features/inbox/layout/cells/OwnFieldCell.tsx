import type { ReactNode } from 'react'
import type { Opportunity } from '@/api/types'
import { useOwnFields } from '@/entities/action/mutations'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import { priorities } from '@/entities/opportunity/strings'
import { offerBriefUndo } from '@/entities/undo'
import { common } from '@/strings/common'
import { toast } from '@/ui/Toast'
import { strings } from '../../strings'
import { EditableCell } from './EditableCell'

interface OwnFieldCellProps {
  row: Opportunity
  field: 'bid_due_on' | 'priority'
  children: ReactNode
}

/** Show a field that people own, which the SA and the desk can change here. */
export function OwnFieldCell({ row, field: name, children }: OwnFieldCellProps) {
  const label = fieldLabel(name)
  const { mutateAsync, isPending } = useOwnFields(row.id)
  const former = row[name]
  // By its promise: the row, and with it this cell, may leave the list before the answer.
  const save = (value: string | null, lock_version: number, done: (after: Opportunity) => void) =>
    void mutateAsync({ [name]: value, lock_version }).then(done, () => {})
  const offerUndo = ({ lock_version }: Opportunity) =>
    offerBriefUndo(strings.fieldChanged(row.name, label), () => save(former, lock_version, undone))
  return (
    <EditableCell
      isEditable={row.may_write_notes}
      label={label}
      value={former ?? ''}
      isPending={isPending}
      options={name === 'priority' ? priorities : null}
      onSave={(chosen) => save(chosen || null, row.lock_version, offerUndo)}
    >
      {children}
    </EditableCell>
  )
}

const undone = () => void toast({ kind: 'done', text: common.undone })
