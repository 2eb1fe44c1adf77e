import type { AvailableAction } from '@/api/types'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { strings } from './strings'

interface ChooseActionProps {
  actions: [AvailableAction, ...AvailableAction[]]
  onChoose: (action: AvailableAction) => void
  onClose: () => void
}

/** Ask which action is meant where several lead to the same state. */
export function ChooseAction({ actions, onChoose, onClose }: ChooseActionProps) {
  return (
    <Dialog
      title={strings.moveTo(stateLabel(actions[0].target))}
      onClose={onClose}
      size="small"
      buttons={actions.map((each) => (
        <Button key={each.action} onPress={() => onChoose(each)}>
          {each.label}
        </Button>
      ))}
    >
      {strings.choose}
    </Dialog>
  )
}
