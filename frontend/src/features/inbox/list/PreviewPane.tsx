import { X } from 'lucide-react'
import { useMedia } from '@/lib/use-media'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Drawer } from '@/ui/Drawer'
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
      <Drawer title={name} onClose={onClose}>
        <Preview {...shown} />
      </Drawer>
    )
  }
  return (
    <aside className={styles.pane} aria-label={strings.previewOf(name)}>
      <header className={styles.head}>
        <h2>{name}</h2>
        <Button kind="quiet" isIconOnly aria-label={common.close} onPress={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </header>
      <Preview {...shown} />
    </aside>
  )
}
