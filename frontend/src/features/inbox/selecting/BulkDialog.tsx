import { useState } from 'react'
import { fieldErrors } from '@/api/problem'
import type { Opportunity, RowResult, WorkflowActionInfo } from '@/api/types'
import { ActionFields } from '@/entities/action/ActionFields'
import { type ActionInputs, bodyOf, isDeclining, missingOf } from '@/entities/action/inputs'
import { ErrorNote } from '@/entities/ErrorNote'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { formatCount } from '@/lib/format'
import { usePersistedInput } from '@/lib/persisted-input'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { strings } from '../strings'
import { useBulk } from './bulk'

interface BulkDialogProps {
  action: WorkflowActionInfo
  rows: Opportunity[]
  onClose: () => void
  onDone: (results: RowResult[], rows: Opportunity[]) => void
}

/** Ask what the action asks for. The title says how many: pressing the button is the confirmation. */
export default function BulkDialog({ action, rows: selected, onClose, onDone }: BulkDialogProps) {
  // Rows that leave the list meanwhile stay confirmed.
  const [rows] = useState(selected)
  const text = usePersistedInput<ActionInputs>(`bulk:${action.value}`, {})
  const [missing, setMissing] = useState<Record<string, string>>({})
  const bulk = useBulk(action.path, rows)

  function run() {
    const body = bodyOf(action, text.value)
    const blank = missingOf(action, body)
    setMissing(blank)
    if (Object.keys(blank).length > 0) return
    const done = (results: RowResult[]) => {
      text.sent(text.value)
      onDone(results, rows)
    }
    bulk.mutateAsync(body).then(done, () => {})
  }

  return (
    <Dialog
      title={`${action.label}: ${strings.count(rows.length, formatCount(rows.length))}`}
      isOpen
      onClose={onClose}
      closeLabel={common.close}
      buttons={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button kind="primary" onPress={run} isPending={bulk.isPending}>
            {action.label}
          </Button>
        </>
      }
    >
      <RestoredNotice text={text} />
      <ActionFields
        action={action}
        inputs={text.value}
        onChange={(more) => text.write((now) => ({ ...now, ...more }))}
        errors={{ ...fieldErrors(bulk.error), ...missing }}
        isDeclining={isDeclining(action.value)}
        reasonHint={action.value === 'ASSIGN' ? strings.reasonIfDraft : undefined}
      />
      <ErrorNote error={bulk.error} />
    </Dialog>
  )
}
