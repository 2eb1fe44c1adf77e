import { CircleCheck, CircleDashed, CircleMinus } from 'lucide-react'
import { useState } from 'react'
import { fieldErrors } from '@/api/problem'
import type { Condition } from '@/api/schema'
import type { OpportunityDetail } from '@/api/types'
import { ErrorNote } from '@/entities/ErrorNote'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { formatDate } from '@/lib/format'
import { usePersistedInput } from '@/lib/persisted-input'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { useSettle } from '../actions/actions'
import styles from './DecisionPanel.module.css'
import { decisionWords } from '../strings'

type Settled = 'MET' | 'WAIVED'

const LOOKS = {
  OPEN: ['warning', CircleDashed],
  MET: ['good', CircleCheck],
  WAIVED: ['muted', CircleMinus],
} as const

export function ConditionLine({ condition, opportunity }: { condition: Condition; opportunity: OpportunityDetail }) {
  const [settling, settle] = useState<Settled | null>(null)
  const { text, owner, due_on: dueOn, state, reason } = condition
  const [tone, Icon] = LOOKS[state]
  return (
    <li>
      <p>{text}</p>
      <div className={styles.line}>
        <Badge tone={tone} icon={<Icon size={14} />}>
          {decisionWords.states[state]}
        </Badge>
        <span className={styles.meta}>{decisionWords.dueBy(owner.name, formatDate(dueOn))}</span>
        {condition.may_settle.map((each) => (
          <Button key={each} onPress={() => settle(each)}>
            {decisionWords.settle[each]}
          </Button>
        ))}
      </div>
      {reason && <p className={styles.meta}>{reason}</p>}
      {settling && (
        <SettleDialog
          opportunityId={opportunity.id}
          condition={condition}
          state={settling}
          onClose={() => settle(null)}
        />
      )}
    </li>
  )
}

interface SettleDialogProps {
  opportunityId: string
  condition: Condition
  state: Settled
  onClose: () => void
}

function SettleDialog({ opportunityId, condition, state, onClose }: SettleDialogProps) {
  const text = usePersistedInput(`${state}:${condition.id}`, '')
  const settle = useSettle(opportunityId, () => {
    text.sent(text.value)
    onClose()
  })
  const isMet = state === 'MET'
  const title = isMet ? decisionWords.settleMet : decisionWords.settleWaived

  function send() {
    settle.mutate({ id: condition.id, state, reason: text.value })
  }

  return (
    <Dialog
      title={title}
      onClose={onClose}
      action={{ isPending: settle.isPending, onPress: send, children: title }}
    >
      <p>{condition.text}</p>
      <RestoredNotice text={text} />
      <ErrorNote error={settle.error} />
      <TextField
        label={isMet ? decisionWords.metReason : decisionWords.waiveReason}
        rows={3}
        value={text.value}
        error={fieldErrors(settle.error).reason}
        onChange={text.write}
      />
    </Dialog>
  )
}
