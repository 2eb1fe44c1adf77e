import { type FormEvent, useId, useState } from 'react'
import { fieldErrors, sentenceOf } from '@/api/problem'
import type { ActionOffer, OpportunityDetail } from '@/api/types'
import { recommendationWords } from '@/entities/opportunity/strings'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { toast } from '@/ui/Toast'
import { type Said, useAction } from './actions'
import { AskedField } from './AskedField'
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
  const [said, say] = useState<Said>({})
  function done() {
    toast({ kind: 'done', text: actionWords.done(offer.label) })
    onClose()
  }

  const act = useAction(opportunity, done)
  const formId = useId()
  const errors = fieldErrors(act.error)
  const isOther = isOverride(offer.action, computed)

  function send(event: FormEvent) {
    event.preventDefault()
    act.mutate({ offer, said })
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
        {act.isError && (
          <p role="alert" className={styles.error}>
            {sentenceOf(act.error)}
          </p>
        )}
        {asked(offer).map(({ ask, isNeeded }) => (
          <AskedField
            key={ask}
            ask={ask}
            isNeeded={isNeeded || isOther}
            isDeclining={DECLINING.includes(offer.action)}
            assignedId={opportunity.assigned_sa?.id}
            said={said}
            onSay={(more) => say((before) => ({ ...before, ...more }))}
            errors={errors}
          />
        ))}
        {offer.action === 'RETURN' && criteria.length > 0 && (
          <ReviewCommentsField
            criteria={criteria}
            onChange={(comments) => say((before) => ({ ...before, review_comments: comments }))}
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
