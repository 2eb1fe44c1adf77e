import { common } from '@/strings/common'
import { Drawer } from '@/ui/Drawer'
import { HistoryTable } from './HistoryTable'
import { strings } from './strings'

export default function HistoryDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Drawer title={strings.historyTitle} isOpen onClose={onClose} closeLabel={common.close}>
      <HistoryTable />
    </Drawer>
  )
}
