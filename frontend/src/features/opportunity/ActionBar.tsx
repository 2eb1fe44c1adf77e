import { useState } from 'react'
import type { ActionOffer, OpportunityDetail } from '@/api/types'
import { useCommands } from '@/lib/commands'
import { Button } from '@/ui/Button'
import { ActionDialog, type CriterionName } from './ActionDialog'
import styles from './ActionBar.module.css'
import { DECIDING, IN_THE_FORM } from './decision-actions'
import { actionWords } from './strings'

interface ActionBarProps {
  opportunity: OpportunityDetail
  /** Only what a decider does, or all the rest. */
  isDeciding?: boolean
  /** What the score recommends, where something was submitted. */
  computed?: string | null
  criteria?: CriterionName[]
}

/** What this person may do now, each with a dialog for what it asks; the rest with its reason. */
export function ActionBar({ opportunity, isDeciding = false, computed = null, criteria }: ActionBarProps) {
  const [chosen, choose] = useState<ActionOffer | null>(null)
  const offers = opportunity.allowed_actions.filter(
    ({ action }) => !IN_THE_FORM.includes(action) && DECIDING.includes(action) === isDeciding,
  )
  const allowed = offers.filter((offer) => offer.is_allowed)
  useCommands(
    allowed.map((offer) => ({ id: offer.action, label: offer.label, run: () => choose(offer) })),
  )
  return (
    <div className={styles.bar}>
      {allowed.length > 0 && (
        <div className={styles.buttons} role="group" aria-label={actionWords.actions}>
          {allowed.map((offer) => (
            <Button
              key={offer.action}
              kind={isDeciding && offer.action === 'APPROVE' ? 'primary' : 'plain'}
              onPress={() => choose(offer)}
            >
              {offer.label}
            </Button>
          ))}
        </div>
      )}
      <Refusals offers={offers.filter((offer) => !offer.is_allowed)} />
      {chosen && (
        <ActionDialog
          opportunity={opportunity}
          offer={chosen}
          computed={computed}
          criteria={criteria}
          onClose={() => choose(null)}
        />
      )}
    </div>
  )
}

function Refusals({ offers }: { offers: ActionOffer[] }) {
  if (offers.length === 0) return null
  return (
    <details className={styles.refusals}>
      <summary>{actionWords.refused(offers.length)}</summary>
      <ul>
        {offers.map(({ action, label, refusal }) => (
          <li key={action}>
            {refusal.startsWith(label) ? refusal : `${label}: ${refusal}`}
          </li>
        ))}
      </ul>
    </details>
  )
}
