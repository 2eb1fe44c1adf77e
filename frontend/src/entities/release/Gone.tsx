import { useOnline } from '@/lib/use-online'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { releaseWords as words } from './strings'

/** In place of a part that did not come. */
export interface Gone {
  retry: () => void
}

export function GonePage({ retry }: Gone) {
  return <ErrorState isPage {...useCause(retry)} />
}

export function GonePart({ retry }: Gone) {
  return <ErrorState {...useCause(retry)} />
}

export function GoneDialog({ retry, onClose }: Gone & { onClose: () => void }) {
  const { title, detail, retry: way } = useCause(retry)
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      closeLabel={common.close}
      size="small"
      buttons={
        <Button kind="primary" onPress={way.onPress}>
          {way.label}
        </Button>
      }
    >
      <p>{detail}</p>
    </Dialog>
  )
}

/** Without a network there is nothing to reload from; the page that is left would be the last. */
function useCause(retry: () => void) {
  if (!useOnline()) {
    const way = { label: common.tryAgain, onPress: retry }
    return { title: common.partFailed, detail: words.offline, retry: way }
  }
  const way = { label: words.reload, onPress: () => location.reload() }
  return { title: words.title, detail: words.why, retry: way }
}
