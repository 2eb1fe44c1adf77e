import { useState } from 'react'
import type { AvailableAction, OpportunityDetail } from '@/api/types'
import { useCommands } from '@/lib/commands'
import { Button } from '@/ui/Button'
import { ActionDialog } from './ActionDialog'
import styles from './ActionBar.module.css'
import { DECIDING, IN_THE_FORM } from './decision-actions'
import { actionWords } from '../strings'

interface ActionBarProps {
  opportunity: OpportunityDetail
  /** Only what a decider does, or all the rest. */
  isDeciding?: boolean
  /** What the score recommends, where something was submitted. */
  computed?: string | null
  /** What is sent with a return, by criterion; it is offered only beside the boxes for them. */
  reviewComments?: Record<string, string>
  onDone?: (action: AvailableAction['action']) => void
}

/** Show the actions this person may take, and why the others are unavailable. */
export function ActionBar({ opportunity, isDeciding = false, computed = null, reviewComments, onDone }: ActionBarProps) {
  const [chosen, choose] = useState<AvailableAction | null>(null)
  const actions = opportunity.allowed_actions.filter(
    ({ action }) =>
      !IN_THE_FORM.includes(action) &&
      DECIDING.includes(action) === isDeciding &&
      (action !== 'RETURN' || reviewComments !== undefined),
  )
  const allowed = actions.filter(({ is_allowed }) => is_allowed)
  useCommands(
    allowed.map((each) => ({ id: each.action, label: each.label, run: () => choose(each) })),
  )
  return (
    <div className={styles.bar}>
      {allowed.length > 0 && (
        <div className={styles.buttons} role="group" aria-label={actionWords.actions}>
          {allowed.map((each) => (
            <Button
              key={each.action}
              kind={isDeciding && each.action === 'APPROVE' ? 'primary' : 'plain'}
              onPress={() => choose(each)}
            >
              {each.label}
            </Button>
          ))}
        </div>
      )}
      <Unavailable actions={actions.filter(({ is_allowed }) => !is_allowed)} />
      {chosen && (
        <ActionDialog
          opportunity={opportunity}
          action={chosen}
          computed={computed}
          reviewComments={reviewComments}
          onDone={onDone}
          onClose={() => choose(null)}
        />
      )}
    </div>
  )
}

function Unavailable({ actions }: { actions: AvailableAction[] }) {
  if (actions.length === 0) return null
  return (
    <details className={styles.refusals}>
      <summary>{actionWords.unavailable(actions.length)}</summary>
      <ul>
        {actions.map(({ action, label, refusal }) => (
          <li key={action}>
            {refusal.startsWith(label) ? refusal : `${label}: ${refusal}`}
          </li>
        ))}
      </ul>
    </details>
  )
}
