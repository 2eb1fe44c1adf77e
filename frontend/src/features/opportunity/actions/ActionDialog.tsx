import { type FormEvent, useId, useState } from 'react'
import { fieldErrors } from '@/api/problem'
import type { AvailableAction, OpportunityDetail } from '@/api/types'
import { ActionFields } from '@/entities/action/ActionFields'
import { type ActionInputs, allRequired, bodyOf, isDeclining, missingOf } from '@/entities/action/inputs'
import { recommendationWords } from '@/entities/opportunity/strings'
import { ErrorNote } from '@/entities/ErrorNote'
import { useConfirmAction } from '@/entities/undo'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { usePersistedInput } from '@/lib/persisted-input'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import styles from './ActionDialog.module.css'
import { useAction } from './actions'
import { isOverride } from './decision-actions'
import { type CriterionName, ReviewCommentsField } from './ReviewCommentsField'
import { actionWords, doneWords } from '../strings'

interface ActionDialogProps {
  opportunity: OpportunityDetail
  action: AvailableAction
  /** What the score recommends, where something was submitted. */
  computed: string | null
  criteria?: CriterionName[]
  onClose: () => void
}

export function ActionDialog({ opportunity, action, computed, criteria = [], onClose }: ActionDialogProps) {
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

  function finish() {
    text.sent(inputs)
    confirm(doneWords[action.action], action.action, [opportunity.id])
    onClose()
  }

  function send(event: FormEvent) {
    event.preventDefault()
    const body = bodyOf(asked, inputs)
    const blank = missingOf(asked, body)
    setMissing(blank)
    if (Object.keys(blank).length === 0) act.mutate({ action, inputs: body })
  }

  return (
    <Dialog
      title={action.label}
      isOpen
      onClose={onClose}
      closeLabel={common.close}
      buttons={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button type="submit" form={formId} kind={isNoBid ? 'danger' : 'primary'} isPending={act.isPending}>
            {action.label}
          </Button>
        </>
      }
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
        {action.action === 'RETURN' && criteria.length > 0 && (
          <ReviewCommentsField
            criteria={criteria}
            comments={(inputs.review_comments ?? {}) as Record<string, string>}
            errors={errors}
            isOpen={text.restoredAt !== null}
            onChange={(comments) => change({ review_comments: comments })}
          />
        )}
      </form>
    </Dialog>
  )
}
