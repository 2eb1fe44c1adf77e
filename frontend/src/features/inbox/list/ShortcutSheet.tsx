import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { Kbd } from '@/ui/Kbd'
import styles from './ShortcutSheet.module.css'
import { strings } from '../strings'

interface ShortcutSheetProps {
  isOn: boolean
  onSwitch: (isOn: boolean) => void
  onClose: () => void
}

export default function ShortcutSheet({ isOn, onSwitch, onClose }: ShortcutSheetProps) {
  return (
    <Dialog title={strings.shortcuts} onClose={onClose} size="small">
      <Checkbox isSelected={isOn} onChange={onSwitch}>
        {strings.shortcutsOn}
      </Checkbox>
      <dl className={styles.keys}>
        {Object.entries(strings.keys).map(([key, what]) => (
          <div key={key} className={styles.key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
