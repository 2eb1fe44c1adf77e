import { type FormEvent, useId, useState } from 'react'
import { fieldErrors } from '@/api/problem'
import type { AvailableAction, OpportunityDetail } from '@/api/types'
import { ActionFields } from '@/entities/action/ActionFields'
import { useAction } from '@/entities/action/mutations'
import { type ActionInputs, allRequired, bodyOf, isDeclining, missingOf } from '@/entities/action/inputs'
import { confirmation } from '@/entities/action/strings'
import { recommendationWords } from '@/entities/opportunity/strings'
import { ErrorNote } from '@/entities/ErrorNote'
import { useConfirmAction } from '@/entities/undo'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { usePersistedInput } from '@/lib/persisted-input'
import { Dialog } from '@/ui/Dialog'
import styles from './ActionDialog.module.css'
import { isOverride } from './decision-actions'
import { actionWords } from '../strings'

interface ActionDialogProps {
  opportunity: OpportunityDetail
  action: AvailableAction
  /** What the score recommends, where something was submitted. */
  computed: string | null
  reviewComments?: Record<string, string>
  onDone?: (action: AvailableAction['action']) => void
  onClose: () => void
}

export function ActionDialog(props: ActionDialogProps) {
  const { opportunity, action, computed, reviewComments = {}, onDone, onClose } = props
  const text = usePersistedInput<ActionInputs>(`${action.action}:${opportunity.id}`, {})
  const inputs = text.value
  const change = (more: ActionInputs) => text.write((now) => ({ ...now, ...more }))
  const act = useAction(opportunity, finish)
  const confirm = useConfirmAction()
  const formId = useId()
  const [missing, setMissing] = useState<Record<string, string>>({})
  const errors = { ...fieldErrors(act.error), ...missing }
  const isAgainstScore = isOverride(action.action, computed)
  const asked = isAgainstScore ? allRequired(action) : action
  const isNoBid = isDeclining(action.action)
  const sent = action.action === 'RETURN' ? reviewComments : {}
  const commented = Object.keys(sent).filter((code) => sent[code]?.trim())

  function finish({ assigned_sa: sa }: OpportunityDetail) {
    text.sent(inputs)
    confirm(confirmation(opportunity.name, action.action, inputs.assignee ? sa?.name : undefined), action.action, [opportunity.id])
    onDone?.(action.action)
    onClose()
  }

  function send(event: FormEvent) {
    event.preventDefault()
    const body = bodyOf(asked, { ...inputs, review_comments: sent })
    const blank = missingOf(asked, body)
    setMissing(blank)
    if (Object.keys(blank).length === 0) act.mutate({ action, inputs: body })
  }

  return (
    <Dialog
      title={action.label}
      onClose={onClose}
      action={{ type: 'submit', form: formId, kind: isNoBid ? 'danger' : 'primary', isPending: act.isPending, children: action.label }}
    >
      <form id={formId} className={styles.form} onSubmit={send}>
        {isAgainstScore && (
          <p className={styles.override}>
            {actionWords.override(recommendationWords[computed as keyof typeof recommendationWords])}
          </p>
        )}
        <RestoredNotice text={text} />
        <ErrorNote error={act.error} />
        <ActionFields
          action={asked}
          inputs={inputs}
          onChange={change}
          errors={errors}
          isDeclining={isNoBid}
          assignedId={opportunity.assigned_sa?.id}
        />
        {commented.length > 0 && <p>{actionWords.withComments(commented)}</p>}
      </form>
    </Dialog>
  )
}
