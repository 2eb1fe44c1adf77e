import { X } from 'lucide-react'
import { useMedia } from '@/lib/use-media'
import { common } from '@/strings/common'
import { IconButton } from '@/ui/IconButton'
import { Dialog } from '@/ui/Dialog'
import { Preview, type PreviewProps } from './Preview'
import styles from './Preview.module.css'
import { strings } from '../strings'

interface PreviewPaneProps extends PreviewProps {
  name: string
  onClose: () => void
}

/** Show the preview beside the list where there is room, else over it. */
export default function PreviewPane({ name, onClose, ...shown }: PreviewPaneProps) {
  const isBeside = useMedia('(min-width: 1200px)')
  if (!isBeside) {
    return (
      <Dialog title={name} onClose={onClose} isDrawer>
        <Preview {...shown} />
      </Dialog>
    )
  }
  return (
    <aside className={styles.pane} aria-label={strings.previewOf(name)}>
      <header className={styles.head}>
        <h2>{name}</h2>
        <IconButton icon={X} label={common.close} onPress={onClose} />
      </header>
      <Preview {...shown} />
    </aside>
  )
}
