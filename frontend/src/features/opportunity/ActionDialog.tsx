import { type FormEvent, useId } from 'react'
import { fieldErrors } from '@/api/problem'
import type { ActionOffer, OpportunityDetail } from '@/api/types'
import { recommendationWords } from '@/entities/opportunity/strings'
import { Refusal } from '@/entities/Refusal'
import { RestoredLine } from '@/entities/RestoredLine'
import { useKeptText } from '@/lib/kept-text'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { toast } from '@/ui/Toast'
import { type Said, useAction } from './actions'
import { AskedField } from './AskedField'
import { bodyOf } from './action-body'
import { DECLINING, isOverride } from './decision-actions'
import styles from './ActionDialog.module.css'
import { ReviewCommentsField } from './ReviewCommentsField'
import { actionWords } from './strings'

export interface CriterionName {
  code: string
  name: string
}

interface ActionDialogProps {
  opportunity: OpportunityDetail
  offer: ActionOffer
  computed: string | null
  criteria?: CriterionName[]
  onClose: () => void
}

export function ActionDialog({ opportunity, offer, computed, criteria = [], onClose }: ActionDialogProps) {
  const text = useKeptText<Said>(`${offer.action}:${opportunity.id}`, {})
  const said = text.value
  const say = (more: Said) => text.write((now) => ({ ...now, ...more }))
  function done() {
    text.sent(said)
    toast({ kind: 'done', text: actionWords.done(offer.label) })
    onClose()
  }

  const act = useAction(opportunity, done)
  const formId = useId()
  const errors = fieldErrors(act.error)
  const isOther = isOverride(offer.action, computed)

  function send(event: FormEvent) {
    event.preventDefault()
    act.mutate({ offer, said: bodyOf(offer, said) })
  }

  return (
    <Dialog
      title={offer.label}
      isOpen
      onClose={onClose}
      closeLabel={common.close}
      buttons={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            kind={DECLINING.includes(offer.action) ? 'danger' : 'primary'}
            isPending={act.isPending}
          >
            {offer.label}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={send}>
        {isOther && (
          <p className={styles.override}>
            {actionWords.override(recommendationWords[computed as keyof typeof recommendationWords])}
          </p>
        )}
        <RestoredLine text={text} />
        <Refusal error={act.error} />
        {asked(offer).map(({ ask, isNeeded }) => (
          <AskedField
            key={ask}
            ask={ask}
            isNeeded={isNeeded || isOther}
            isDeclining={DECLINING.includes(offer.action)}
            assignedId={opportunity.assigned_sa?.id}
            said={said}
            onSay={say}
            errors={errors}
          />
        ))}
        {offer.action === 'RETURN' && criteria.length > 0 && (
          <ReviewCommentsField
            criteria={criteria}
            comments={(said.review_comments ?? {}) as Record<string, string>}
            errors={errors}
            isOpen={text.restoredAt !== null}
            onChange={(comments) => say({ review_comments: comments })}
          />
        )}
      </form>
    </Dialog>
  )
}

function asked(offer: ActionOffer) {
  return [
    ...offer.asks.map((ask) => ({ ask, isNeeded: true })),
    ...offer.may_ask
      .filter((ask) => !offer.asks.includes(ask))
      .map((ask) => ({ ask, isNeeded: false })),
  ]
}
